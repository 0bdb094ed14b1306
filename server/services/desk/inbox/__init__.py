"""What waits for staff's word: found in the rows that are there, settled once, with a reason and a name."""
