"""The portal's search syntax, parsed into SQL over the catalogue.

Understands what the portal's pages and Esri's clients send: `field:value`, a blank after the colon, phrases,
a leading minus, `AND`, `OR`, `NOT`, terms side by side, parentheses, a field before a group that may name
other fields, ranges `[a TO b]`, and the wildcards `*` and `?`. Words are matched whole.

    query  = all { "OR" all }
    all    = term { [ "AND" ] term }
    term   = [ "-" | "NOT" ] ( "(" query ")" | field ( term | range ) | phrase | word )
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arcgis_keywidget.practice.people import ORG_ID

TEXT = ("title", "tags", "snippet", "description", "type", "keywords")
WORDS = {**{name: name for name in TEXT}, "typekeywords": "keywords"}
_ORGANIZATION = f"'{ORG_ID.lower()}'"
# Esri's Python package calls the organisation by its old name, `accountid`, in every search of its content.
EXACT = {
    "id": "item",
    "owner": "owner",
    "access": "access",
    **dict.fromkeys(("orgid", "accountid"), _ORGANIZATION),
}
DATES = {"created": "created", "modified": "modified"}
DEEPEST, MOST_TERMS = 40, 200
MOST_LETTERS = 20_000  # SQLite refuses patterns of more than 50,000
_TOKEN = re.compile(
    r"""(?P<field>[A-Za-z]\w*)\s*: | (?P<phrase>"(?:\\.|[^"\\])*") | (?P<range>[\[{][^\]}]*[\]}])
    | (?P<operator>[()] | [-!+](?=[\w("*]) | (?:AND|OR|NOT|&&|\|\|)(?=[\s()]|$))
    | (?P<word>(?:\\.|[^\s()"\[\]{}\\])+)""",
    re.VERBOSE | re.DOTALL,
)
_BLANKS = re.compile(r"\s*")
_RANGE = re.compile(r"[\[{]\s*([0-9]{1,20}|\*)\s+TO\s+([0-9]{1,20}|\*)\s*[\]}]")
_LARGEST = 2**63 - 1
_END = ("end", "the end")
_ENDS = {_END, ("operator", ")"), ("operator", "OR"), ("operator", "||")}


class QueryError(ValueError):
    """The text is no query; says where it broke."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition over the catalogue and the values of its question marks."""

    sql: str
    values: tuple[str | int, ...] = ()


def spread(text: str) -> str:
    """Text as the catalogue keeps it: its words in lower case, each between blanks."""
    words = re.findall(r"\w+", text.lower())
    return f" {' '.join(words)} " if words else ""


def compile_query(text: str) -> Condition:
    """Turn a query into a condition.

    Raises:
        QueryError: unbalanced, empty, too deep or too long.
    """
    if len(text) > MOST_LETTERS:
        raise QueryError(f"A query may hold {MOST_LETTERS:,} characters at most.")
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _scan(text)
        self._next = 0
        self._depth = 0
        if len(self._tokens) > 2 * MOST_TERMS:
            raise QueryError(f"A query may hold {MOST_TERMS} terms at most.")

    def parse(self) -> Condition:
        condition = self._any(None)
        if self._next < len(self._tokens):
            raise QueryError(f"Unexpected {self._peek()[1]!r}.")
        return condition

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else _END

    def _take(self, *texts: str) -> bool:
        kind, text = self._peek()
        found = kind == "operator" and text in texts
        self._next += found
        return found

    def _any(self, field: str | None) -> Condition:
        parts = [self._all(field)]
        while self._take("OR", "||"):
            parts.append(self._all(field))
        return _join(" OR ", parts)

    def _all(self, field: str | None) -> Condition:
        parts = [self._term(field)]
        while self._take("AND", "&&") or self._peek() not in _ENDS:
            parts.append(self._term(field))
        return _join(" AND ", parts)

    def _term(self, field: str | None) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError("The query is nested too deeply.")
        if self._take("-", "!", "NOT"):
            inner = self._term(field)
            condition = Condition(f"NOT {inner.sql}", inner.values)
        else:
            self._take("+")
            condition = self._group(field) if self._take("(") else self._leaf(field)
        self._depth -= 1
        return condition

    def _group(self, field: str | None) -> Condition:
        condition = self._any(field)
        if not self._take(")"):
            raise QueryError("A closing parenthesis is missing.")
        return condition

    def _leaf(self, field: str | None) -> Condition:
        kind, text = self._peek()
        self._next += 1
        if kind == "field":
            return self._term(text.lower())
        if kind == "range":
            return _between(field, text)
        if kind not in {"phrase", "word"}:
            raise QueryError(f"A term is missing before {text!r}.")
        plain = re.sub(r"\\(.)", r"\1", text[1:-1] if kind == "phrase" else text)
        return _match(field, plain, wild=kind == "word")


def _scan(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    text = text.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise QueryError(f"Cannot read the query from {text[position : position + 20]!r} on.")
        tokens.append((found.lastgroup, found[found.lastgroup]))
        blanks = _BLANKS.match(text, found.end())
        position = blanks.end() if blanks else found.end()
    return tokens


def _join(word: str, parts: list[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    values = [value for part in parts for value in part.values]
    return Condition(f"({word.join(part.sql for part in parts)})", tuple(values))


def _between(field: str | None, text: str) -> Condition:
    ends = _RANGE.fullmatch(text)
    if field not in DATES or ends is None:
        raise QueryError(f"The range {text!r} needs a date field and two numbers or *.")
    low, high = (
        min(int(end), _LARGEST) if end != "*" else default
        for end, default in zip(ends.groups(), (0, _LARGEST), strict=True)
    )
    return Condition(f"({DATES[field]} BETWEEN ? AND ?)", (low, high))


def _match(field: str | None, text: str, *, wild: bool) -> Condition:
    if text == "*":
        return Condition("1")
    if field in EXACT:
        return Condition(f"({EXACT[field]} = ?)", (text.lower(),))
    if field in DATES:
        return _between(field, f"[{text} TO {text}]")
    return _match_words(field, text, wild=wild)


def _match_words(field: str | None, text: str, *, wild: bool) -> Condition:
    if field is not None and field not in WORDS:
        return Condition("0")
    words = " ".join(re.findall(r"[\w*?]+" if wild else r"\w+", text.lower()))
    if not words.strip("*? "):
        return Condition("1")
    test, value = "instr({}, ?) > 0", f" {words} "
    if "*" in words or "?" in words:
        pattern = words.replace("_", r"\_").replace("*", "%").replace("?", "_")
        test, value = "{} LIKE ? ESCAPE '\\'", f"% {pattern} %"
    # A bare term may stand in any text: the catalogue keeps all of them in one column, six times as fast.
    return Condition(f"({test.format(WORDS[field] if field else 'words')})", (value,))
