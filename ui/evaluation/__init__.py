"""Runs a case folder through the real house, and through plain alternatives, and has both measured."""
