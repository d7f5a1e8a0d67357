"""What Flourish shows: command line and web page. No rule of the trade lives here."""
