"""Rules on headings, lists and tables."""
