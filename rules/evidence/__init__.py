"""The frozen types of evidence, one file for each probe that gives it."""
