"""Webhooks: who wants to hear the news, the calls made of it, and sending them. What speaks HTTP is handed in."""
