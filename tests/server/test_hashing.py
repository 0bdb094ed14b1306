"""Passwords and PINs are slow to guess, whether or not anybody is there; stories may hash quickly meanwhile."""

import subprocess
import sys

from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from server.services.people import hashing

A_PROCESS = "from server.services.people import hashing; print(hashing.hashed('clay'), hashing.nobodys())"


def test_what_is_hashed_is_slow_to_guess() -> None:
    """In a process that nobody told to hash quickly, as the server is."""
    kept, nobodys = subprocess.check_output([sys.executable, "-c", A_PROCESS], text=True).split()
    for one in (extract_parameters(kept), extract_parameters(nobodys)):
        assert one.type is Type.ID
        assert one.memory_cost >= 19 * 1024 and one.time_cost >= 2
    assert hashing.fits(kept, "clay") and not hashing.fits(kept, "Clay") and not hashing.fits(nobodys, "clay")


def test_whoever_is_not_there_takes_as_long_as_whoever_is() -> None:
    for hasher in (hashing.HASHER, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)):
        with hashing.hashed_by(hasher):
            assert extract_parameters(hashing.nobodys()) == extract_parameters(hashing.hashed("clay"))


def test_nothing_fits_what_is_no_hash() -> None:
    assert not any(hashing.fits(kept, "") for kept in ("", "clay", "$argon2id$"))
