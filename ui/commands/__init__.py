"""The command line, one file a group of commands. A command gathers, calls the desk, shows; it holds no rule."""
