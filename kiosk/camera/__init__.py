"""THE CAMERA: where frames come from, what codes are in them, and telling the greeter about it.

sources (device, stream, none), files, browser, demo: where frames come from, all equals
decoder, views, squares, modules, hints, reading: what is in one frame
debounce, health, scanner: from frames to events
preview: the mirror on the kiosk's screen

This room refuses to know whose card it is, and to keep a picture: a frame lives until the next one.
"""
