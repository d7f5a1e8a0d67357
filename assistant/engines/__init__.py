"""Two engines, one interface: rules without a network, and a model behind one door."""
