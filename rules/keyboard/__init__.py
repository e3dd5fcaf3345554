"""Rules on use without a mouse."""
