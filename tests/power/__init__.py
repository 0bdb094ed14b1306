"""The power is cut: what is on the disk then, and what the product makes of it. `make power`."""
