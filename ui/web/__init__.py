"""The page: a Gradio app behind our own guard. A handler gathers, calls, shows."""
