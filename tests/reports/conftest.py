"""Makes `scans` and `factory` importable from the folders below."""
