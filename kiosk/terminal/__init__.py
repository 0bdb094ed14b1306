"""What a kiosk's keeper does from a shell: look how it stands, prove its journal and its member list, empty it."""
