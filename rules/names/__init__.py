"""Rules on the names of links, controls and pages."""
