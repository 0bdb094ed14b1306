"""A kiosk that was alone for 30 hours tells what happened while new cards are answered. `make drain`."""
