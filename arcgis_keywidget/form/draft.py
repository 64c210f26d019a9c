"""What the person has filled in so far; secrets are never part of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from arcgis_keywidget.form.fields import PickedItem, not_understood, read
from arcgis_keywidget.models import KeyRequest

PRACTICE = "practice"
DEFAULT_ADDRESS = "https://www.arcgis.com"
SESSION_FIELDS = ("portal", "username", "client_id", "ca_file", "referrer")
"""The fields that say where and as whom one is signed in: they stand as long as the session does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of the form as they were typed; protocol.ts tells what each of them is.

    Attributes:
        portal: an address, or ``practice``.
        method: ``browser``, ``password``, ``token`` or ``key``.
        preset: id of the preset that the privileges are; empty where the choice is the person's own.
        days: a number, or whatever text stands in the field; counts where ``ends`` is empty.
        ends: the exact end, an ISO moment with its offset; or empty.
        referrers: one a line.
        folder: title of the folder, empty for the root.
        ephemeral: whether the key ends with the kernel; days and end count no more then.
        exact: the lifetime that a request of the person's own asks for, until days or end are changed.
        proposed: the title that was proposed, to know whether the person has written one.
        put_by: privileges left out because the application is not private, for when it is again.
        put_by_items: items left out because the preset opens none, for when one does again.
    """

    portal: str = DEFAULT_ADDRESS
    username: str = ""
    method: str = "password"
    client_id: str = ""
    ca_file: str = ""
    referrer: str = ""
    view: str = "quick"
    preset: str = "basemaps"
    private: bool = False
    privileges: tuple[str, ...] = ()
    items: tuple[PickedItem, ...] = ()
    days: float | str = 7
    ends: str = ""
    referrers: str = ""
    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    folder: str = ""
    generate: bool = True
    ephemeral: bool = False
    exact: timedelta | date | None = None
    proposed: str = ""
    put_by: tuple[str, ...] = ()
    put_by_items: tuple[PickedItem, ...] = ()

    @classmethod
    def new(cls, address: str | None) -> Self:
        """Return the draft that a form begins with."""
        return cls(portal=address or DEFAULT_ADDRESS).renewed()

    def renewed(self) -> Self:
        """Return the draft for a further key: the same settings under a title of its own."""
        title = KeyRequest().proposed_title(datetime.now(UTC))
        return replace(self, title=title, proposed=title)

    def amended(self, part: object) -> Self:
        """Return the draft with some fields changed, as a message names them.

        Raises:
            FieldError: a text that is longer than any that its field could hold.
            FormStepError: not a set of known fields with values of the right type and within bounds.
        """
        if not isinstance(part, dict):
            raise not_understood()
        changed = replace(self, **{name: read(name, value) for name, value in part.items()})
        same = (changed.days, changed.ends) == (self.days, self.ends)
        return changed if same else replace(changed, exact=None)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as JSON can carry them."""
        told = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _INNER}
        lists = {"privileges": list(self.privileges), "tags": list(self.tags)}
        return {**told, **lists, "items": [asdict(item) for item in self.items]}


_INNER = frozenset({"exact", "proposed", "put_by", "put_by_items"})  # the page need not know them
