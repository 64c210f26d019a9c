"""What a check of a key found: one row for the key itself, one for each privilege and item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

_MARKS = {"works": "✓", "refused": "✕", "not tested": "·"}
_HEAD = ("What", "State", "Why", "What to do")
_LEFT = " style='text-align:left'"  # notebooks set tables to the right, for numbers
_DAY = 86_400


class State(StrEnum):
    """What became of one row."""

    WORKS = "works"
    REFUSED = "refused"
    NOT_TESTED = "not tested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row.

    Attributes:
        what: what was looked at, as people call it.
        name: its REST name or item id; empty for the key itself.
        why: one sentence.
        mend: what to do about it, empty where nothing is to be done.
        trouble: whether it was tried and something else than the key stood in the way, such as the network.
    """

    what: str
    state: State
    why: str
    mend: str = ""
    name: str = ""
    trouble: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """What is known of a key, and what it opens; notebooks show it as a table. It does not hold the key.

    Attributes:
        rows: the key itself first, then each privilege and item.
        portal: address of the portal that was asked.
        kind: what kind of token it is, in words.
        account: who owns it, and in which organization, as far as the portal tells.
        title: of the credential, empty where it is not told.
        expires: its end (UTC), None where it is not known.
        referrer: the Referer that was sent with it, None for none.
        slot: 1 or 2, None for what is no API key of a credential.
        checked: when this was found (UTC).
    """

    rows: tuple[Finding, ...]
    portal: str
    kind: str
    account: str = ""
    title: str = ""
    expires: datetime | None = None
    referrer: str | None = None
    slot: int | None = None
    checked: datetime

    @property
    def ok(self) -> bool:
        """Whether the key works, nothing was refused, and nothing stood in the way of looking."""
        return bool(self.rows) and self.rows[0].state is State.WORKS and not (self.refused or self.troubled)

    @property
    def refused(self) -> bool:
        """Whether the key itself, or anything of what it should open, was refused."""
        return any(row.state is State.REFUSED for row in self.rows)

    @property
    def troubled(self) -> bool:
        """Whether something could not be looked at: network, proxy, a portal in trouble."""
        return any(row.trouble for row in self.rows)

    @property
    def days_left(self) -> int | None:
        """Whole days from the check to the key's end; None where the end is not known."""
        if self.expires is None:
            return None
        return max(0, int((self.expires - self.checked).total_seconds() // _DAY))

    @property
    def summary(self) -> str:
        """How many rows are in which state, such as ``3 work, 1 refused``."""
        counts = [(state, sum(row.state is state for row in self.rows)) for state in State]
        words = {State.WORKS: "work"}
        return ", ".join(
            f"{count} {state if count == 1 else words.get(state, state)}" for state, count in counts if count
        )

    @property
    def facts(self) -> dict[str, str]:
        """What is known of the key, by names that people read."""
        known = {
            "Kind": self.kind,
            "Credential": self.title,
            "Account": self.account,
            "Portal": self.portal,
            "Ends": self._end(),
            "Referrer": self.referrer or "",
            "Slot": str(self.slot or ""),
        }
        return {name: value for name, value in known.items() if value}

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return {
            "ok": self.ok,
            "kind": self.kind,
            "title": self.title,
            "account": self.account,
            "portal": self.portal,
            "expires": self.expires.isoformat() if self.expires else None,
            "days_left": self.days_left,
            "referrer": self.referrer,
            "slot": self.slot,
            "checked": self.checked.isoformat(),
            "rows": [
                {
                    "what": row.what,
                    "name": row.name,
                    "state": row.state.value,
                    "why": row.why,
                    "mend": row.mend,
                    "trouble": row.trouble,
                }
                for row in self.rows
            ],
        }

    def __str__(self) -> str:
        lines = [f"{name + ':':<12}{_plain(value)}" for name, value in self.facts.items()]
        wide = max((len(row.what) for row in self.rows), default=0)
        for row in self.rows:
            words = _plain(f"{row.why} {row.mend}".rstrip())
            lines.append(f"{_MARKS[row.state]} {_plain(row.what):<{wide}}  {row.state.value:<10}  {words}")
        return "\n".join([*lines, f"{self.summary}."])

    def __repr__(self) -> str:
        return f"<KeyCheck {self.summary}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 (IPython's signature)
        printer.text(repr(self) if cycle else str(self))

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th scope='row'{_LEFT}>{escape(name)}</th><td{_LEFT}>{escape(value)}</td></tr>"
            for name, value in self.facts.items()
        )
        shown = len(_HEAD) if any(row.mend for row in self.rows) else len(_HEAD) - 1
        head = "".join(f"<th scope='col'{_LEFT}>{name}</th>" for name in _HEAD[:shown])
        rows = "".join(_html_row(row, shown) for row in self.rows)
        return (
            f"<table>{facts}</table><table><caption{_LEFT}>{escape(self.summary)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _end(self) -> str:
        if self.expires is None:
            return ""
        days = self.days_left
        left = "over" if self.expires <= self.checked else f"{days} day{'' if days == 1 else 's'} left"
        return f"{self.expires:%Y-%m-%d %H:%M:%S} UTC ({left})"


def _html_row(row: Finding, shown: int) -> str:
    state = f"{_MARKS[row.state]} {row.state.value}"
    cells = (escape(text) for text in (row.what, state, row.why, row.mend)[:shown])
    return f"<tr>{''.join(f'<td{_LEFT}>{cell}</td>' for cell in cells)}</tr>"


def _plain(text: str) -> str:
    """Return words of a portal without what would move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
