"""Count a guess before it is looked at, so that many at once get no further than one after another."""

import math

from sqlalchemy import Connection

from service.errors import TooManyGuesses
from service.storage import guesses

FREE_BY_NAME = 5
FREE_BY_ADDRESS = 20
"""Several people may share an address, and each may mistype."""
PATIENT_S = 100
"""People count in seconds up to a minute and a half, in minutes above."""


def count_guess(connection: Connection, keys: dict[bytes, int]) -> None:
    """Count one guess under each key, each with how many are free of waiting.

    Raises:
        TooManyGuesses: somebody has to wait; nothing must be counted then, so let the transaction go back.

    """
    waits = [guesses.count(connection, key, free=free) for key, free in sorted(keys.items())]
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        shown = f"{longest} seconds" if longest < PATIENT_S else f"{math.ceil(longest / 60)} minutes"
        raise TooManyGuesses(
            f"There were too many wrong attempts. Please wait {'a second' if longest == 1 else shown}, then try again.",
            headers={"Retry-After": str(longest)},
        )
