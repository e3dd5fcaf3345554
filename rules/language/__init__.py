"""Rules on the language of pages and their parts."""
