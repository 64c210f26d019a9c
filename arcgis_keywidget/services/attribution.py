"""Who is to be credited: as plain text, and as HTML of our own making for maps that show HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

POWERED_BY_ESRI = "Powered by Esri"
_ESRI_LINK = 'Powered by <a href="https://www.esri.com" target="_blank" rel="noopener">Esri</a>'
_TAG = re.compile(r"<[^<>]{0,1000}>")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Attribution:
    """The credits of a basemap, which must be shown wherever it goes.

    Attributes:
        providers: who made the data, in the service's words, as plain text.
        esri: whether it is served by Esri, which asks to be named first (documented).
    """

    providers: str
    esri: bool

    @classmethod
    def of(cls, words: object, *, esri: bool) -> Attribution:
        """Read a service's words: markup is dropped, for they end in pages of other people."""
        plain = " ".join(unescape(_TAG.sub(" ", str(words or ""))).split())
        return cls(plain[:_LONGEST], esri)

    @property
    def text(self) -> str:
        """The credits on one line."""
        return " | ".join(filter(None, [POWERED_BY_ESRI if self.esri else "", self.providers]))

    @property
    def html(self) -> str:
        """The credits with Esri's link, the service's words escaped."""
        return " | ".join(filter(None, [_ESRI_LINK if self.esri else "", escape(self.providers)]))
