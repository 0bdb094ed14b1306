"""Waiting for a place in a full session: the list, the offers, and what becomes of them."""
