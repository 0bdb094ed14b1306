"""What talks to the outside: other programs, and people by post. Knows no rows and decides nothing."""
