"""What a member sees and does by themselves: signing in by mail, their days and passes, their calendar, their data."""
