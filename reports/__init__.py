"""Results kept, scored and told: store, scores, gate and documents; never a browser."""
