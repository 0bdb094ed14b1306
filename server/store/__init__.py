"""The studio's memory: one database, two verbs, tables and their migrations. Only `server.services` comes in here."""
