"""How the offline engine arrives at golden threads: links out of evidence, steps, what is left open."""
