"""What the exit status of a command means; the same for all of them."""

from __future__ import annotations

from enum import IntEnum

STATUSES = (
    "Exit status: 0 done, or all is well; 1 the answer is no, or a part of it was not done; "
    "2 nothing was done, or it could not be told: the words on standard error say why."
)


class Status(IntEnum):
    """An exit status."""

    DONE = 0
    PARTLY = 1
    NOT_DONE = 2
