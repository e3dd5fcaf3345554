"""Rules on what is seen."""
