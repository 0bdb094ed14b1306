"""What happens to a pass after it is sold: paused, extended, passed on, cancelled, and running out."""
