"""WHAT A MEMBER SEES: the one page of the kiosk. It draws `greeter.face` and passes taps on, and decides nothing."""
