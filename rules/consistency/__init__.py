"""Rules that compare the pages of a site."""
