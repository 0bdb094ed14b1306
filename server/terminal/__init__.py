"""DOOR 4, the terminal: what an installation's keeper does from a shell. Asks services, answers in words."""
