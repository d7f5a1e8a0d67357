"""Measurements, each beside the plain alternative in the same run. Never part of the tests."""
