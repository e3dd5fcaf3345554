"""Rules on roles, states and properties of ARIA."""
