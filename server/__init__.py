"""THE STUDIO'S MEMORY: what happened, for every venue, and the pages, doors and nights that live on it."""
