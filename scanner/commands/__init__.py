"""The commands, one a file: parse, call, print, exit code. Heavy imports stand inside the functions."""
