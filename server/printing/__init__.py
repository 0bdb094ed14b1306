"""The printed membership card and staff's: one as a picture for a card printer, ten on a sheet for scissors.

    face → layout, staff_layout (shapes in millimetres) → paint_png | paint_pdf        letters: typeface, lettering
                                                                                       the code: code_modules

Start at `artwork`. This room draws what it is given; it looks up no member and keeps no code.
"""
