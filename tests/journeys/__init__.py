"""Whole journeys, as people make them: real processes, a real browser, a film before the camera."""
