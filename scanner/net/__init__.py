"""Where requests may go: addresses checked, names resolved once, and one way out for all that Curbcut sends."""
