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
}
