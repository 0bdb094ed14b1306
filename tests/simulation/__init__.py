"""Days of a studio lived in virtual time by the product's own code, with everything going wrong; one seed, one history.

`python -m tests.simulation --seeds 10000` looks for a broken promise; `--replay SEED` tells one history line by line.
"""
