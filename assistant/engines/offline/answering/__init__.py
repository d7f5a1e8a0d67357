"""How the offline engine answers from found notes: the passages that fit, set apart, oldest first."""
