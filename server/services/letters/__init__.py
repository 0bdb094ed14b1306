"""Letters to members: written of the news, sent until they arrive, and kept as the log of what members were told."""
