"""Rules on form fields."""
