"""What makes a question well asked. It reads words only; whether one fits a person is asked elsewhere."""

from assistant.lint.form import MOST_WORDS
from assistant.lint.rules import faults
from assistant.lint.spoken import own_words

__all__ = ["MOST_WORDS", "faults", "own_words"]
