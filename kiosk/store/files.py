"""The names in a kiosk's folder."""

FILE = "kiosk.db"
COPY = "kiosk.copy.db"
"""Made by night, and found whole before it took the place of the one before."""
