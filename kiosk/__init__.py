"""THE FRONT DOOR: the stand at the entrance that reads cards, decides and greets, with or without the network."""
