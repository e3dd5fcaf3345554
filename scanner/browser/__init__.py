"""Finding, starting and guarding the browser; the life of one tab."""
