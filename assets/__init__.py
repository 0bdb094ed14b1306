"""Colours, letters, icons, sounds and artwork: one set for kiosk, staff pages and cards. No code but what makes them."""
