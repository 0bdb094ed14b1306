"""The catalogues: sentences by key, one file a language and a room. `core.messages` reads them; nobody else does."""
