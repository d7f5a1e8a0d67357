"""What Flourish thinks: nouns, rules, verbs and engines. It stores nothing and shows nothing."""
