"""The engine of rules: cues, bank and stages; no network, no key."""
