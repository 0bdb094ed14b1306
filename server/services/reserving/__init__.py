"""Places in sessions: taken, given up, looked at; and what a pass is worth just now."""
