"""What a house may hold for the keys of everybody, in the words of the form and of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models.expiry import MAX_DAYS, end_of_life

LOCKED_BY = "This stands as it is for everybody here: {who} has set it."
SET_BY = "{who} has set that."

_RANGE = "A key lives at least 1 day and at most {most} days."
_HOUR = timedelta(hours=1)  # whoever has chosen the end may go by another clock


@dataclass(frozen=True, slots=True)
class LongestLife:
    """How long a key may live.

    Attributes:
        days: at most.
        set_by: who has set that; empty for the portal.
    """

    days: int = MAX_DAYS
    set_by: str = ""

    def check_days(self, days: int) -> None:
        """Refuse a number of days that no key may live.

        Raises:
            FieldError: says how many may be, and who has set that (field ``days``).
        """
        if not 1 <= days <= self.days:
            raise FieldError("days", self._told())

    def check_end(self, lifetime: timedelta | date, name: str) -> None:
        """Refuse a lifetime that is longer than the house lets it be.

        Raises:
            FieldError: it is (the field that is named).
        """
        if self.days == MAX_DAYS:  # as the portal has it, which `KeyRequest` looks after
            return
        now = datetime.now(UTC)
        last = self.days * timedelta(days=1)
        if isinstance(lifetime, date) and not isinstance(lifetime, datetime):
            if lifetime - now.astimezone().date() <= last:  # the whole last day counts
                return
            raise FieldError(name, self._told())
        if end_of_life(lifetime, now) > now + last + _HOUR:
            raise FieldError(name, self._told())

    def _told(self) -> str:
        told = _RANGE.format(most=self.days)
        return f"{told} {SET_BY.format(who=self.set_by)}" if self.set_by else told
