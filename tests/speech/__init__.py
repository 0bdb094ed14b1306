"""Renders what the kiosk can say, with an open synthesiser that needs no network: `python -m tests.speech`."""
