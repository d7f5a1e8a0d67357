"""Words as data: prompts for the model and the offline engine's phrasings. No code lives here."""
