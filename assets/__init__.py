"""Colours, letters, icons, sounds and artwork: one set for kiosk, staff pages and cards."""
