"""THE KIOSK'S MEMORY: one SQLite file and one small identity file in one folder, behind `KioskStore`.

database, migrations: the file, how it is opened, checked and written to
journal: every attempt made here, and which of them the server has
replica, overlay: the copy of the facts, and what happened here that is not in it yet
identity: which device this is; salvage: what is saved out of a damaged file

This room refuses to know a name, a card code or a decision's reasons; there is no state outside its objects.
"""
