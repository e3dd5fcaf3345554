"""Rules on sound and video."""
