"""Principles, questions, stages and policy as data, checked when loaded."""
