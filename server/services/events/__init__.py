"""What happened that somebody should hear of, and how they come to hear of it."""
