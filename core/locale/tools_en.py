"""What whoever looks after kiosks reads at a shell, and staff who prove who they are, in English."""

SENTENCES: dict[str, str] = {
    "error.kiosk.no_data": "No kiosk keeps its data in {folder}. Say where with --data.",
    "error.kiosk.not_paired": (
        "The kiosk in {folder} was never paired, so no server can know whose attempts these are."
    ),
    "error.kiosk.data_damaged": (
        "{file} is damaged ({why}). Start the kiosk, which saves what can be read, or use `tessera journal export`."
    ),
    "error.journal.not_an_export": (
        "This file does not begin as an exported journal does. Please take the one that was written."
    ),
    "error.journal.of_another_studio": (
        "This journal was exported from a kiosk of {studio} that is not known here. Import it where it was paired."
    ),
    "error.file.cannot_be_read": "{file} cannot be read: {why}. Please check the name.",
    # staff who prove who they are
    "pin.NOT_A_STAFF_CARD": "This is not a staff card. Please show yours.",
    "pin.CARD_NOT_KNOWN_HERE": "This staff card is not on this kiosk, or has no PIN. The staff pages help with both.",
    "pin.PIN_NOT_WHOLE": "A PIN has six digits. Please type all of them.",
    "pin.PIN_WRONG": "Card and PIN do not go together. Please try again.",
    "pin.WAIT": "That was tried too often. Please wait a while, then try again.",
    "pin.PIN_IS_OVER": "That was tried too often. Please set a new PIN on the staff pages.",
    "error.pin.not_a_pin": "A PIN has six digits. Please type six.",
    "error.pin.too_easy": "This PIN is the first that anybody would try. Please choose another.",
    "error.pin.wrong": "This PIN does not fit. Please try again.",
    "error.pin.wait": "That was tried too often. Please wait a while, then try again.",
    "error.pin.is_over": "That was tried too often. Please set a new PIN.",
    "error.pin.card_changed": "The staff card was changed just now. Please set the PIN again.",
    "error.pin.none": "No PIN is set yet. Please set one on the staff pages.",
    "error.backup.no_program": (
        "{program} is not on this machine, so PostgreSQL's database cannot be copied. Please install "
        "PostgreSQL's client programs."
    ),
    "error.backup.failed": (
        "The database was not copied: {why}. The copies before stay. Please look at the disk and the database."
    ),
}
