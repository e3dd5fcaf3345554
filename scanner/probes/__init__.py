"""Probes: one kind of evidence per file; each acts in the browser and returns frozen evidence."""
