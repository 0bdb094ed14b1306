"""What is kept of the house's own memory, and for how long: copies of the database, and old records put away."""
