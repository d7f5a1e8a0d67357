"""Every JSON payload the faces give out, as models. Keys that are here stay; more may be added. No text is made here.

`python -m ui.contract` writes docs/schema; a test fails when those files and these models differ.
"""
