"""Rules on pictures and what stands for them."""
