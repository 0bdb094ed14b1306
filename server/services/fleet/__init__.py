"""The studio's kiosks and cards: who may ask and tell, what a kiosk is given to know, which card opens what."""
