"""THE KIOSK'S MEMORY: one SQLite file and one small identity file in one folder, behind `KioskStore`.

database, migrations: the file, how it is opened, checked and written to
journal: every attempt made here, and which of them the server has
replica, overlay: the copy of the facts, and what happened here that is not in it yet
identity: which device this is; pins: staff cards, and tries of their PINs
keeping: the night's check and the copy; salvage: what is saved out of a damaged file
looking, seen, chains_here, replica_seen, emptying: for whoever looks from a shell, without touching anything

This room refuses to know a name, a card code or a decision's reasons; there is no state outside its objects.
"""
