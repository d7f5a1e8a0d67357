"""What Flourish remembers: it fulfils the ports that `assistant` declares."""
