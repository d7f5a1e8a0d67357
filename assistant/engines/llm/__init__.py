"""The mind that asks a language model for words and believes none of them unchecked."""
