"""How the offline engine arrives at questions: live matters, deeds, phrasing, the bank, the choice."""
