"""DOOR 3: the night. One job, one file, one `run(work)`; it makes things right as of a moment and says what it did."""
