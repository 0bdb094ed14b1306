"""`python -m tests.simulation.until_broken 400`: live days until a promise breaks; say which, and how many it took."""

import sys

from tests.simulation.plan import plan_of
from tests.simulation.running import Laboratory


def main() -> int:
    """1: something broke. Prints the trouble's first words, a tab, and the number of days."""
    laboratory, most = Laboratory(), int(sys.argv[1])
    for seed in range(most):
        outcome = laboratory.live(plan_of(seed))
        if outcome.trouble:
            words = " ".join(outcome.trouble.split()[:9])
            sys.stdout.write(f"{words}\t{seed + 1}\n")
            laboratory.close()
            return 1
    sys.stdout.write(f"-\t{most}\n")
    laboratory.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
