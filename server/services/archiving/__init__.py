"""Old attempts: their records go into files, verified, and whoever asks for one later is given it from there."""
