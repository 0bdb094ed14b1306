"""Two hours at the door in a fraction of them: thousands of cards, one kiosk, and nothing that grows or goes blank."""
