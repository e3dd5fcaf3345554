"""Facts from published standards as named, versioned data; each file says its source."""
