"""An export on disk: one folder that a person can read and that Flourish can take back."""
