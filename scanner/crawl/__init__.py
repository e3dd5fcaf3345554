"""Which address comes next: one spelling per address, what belongs to a site, what robots.txt allows."""
