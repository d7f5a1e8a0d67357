"""What the assistant needs from outside, as small protocols. Implementers do not inherit; tests hold them to it."""
