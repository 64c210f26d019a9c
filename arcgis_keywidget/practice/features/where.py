"""The practice layer's ``where`` clauses: a small grammar, parsed, never handed to a database.

    expression = term {OR term} ;  term = factor {AND factor}
    factor = NOT factor | "(" expression ")" | test
    test = operand (= | <> | != | < | <= | > | >=) operand
         | operand [NOT] LIKE 'text with % and _' | operand [NOT] IN (literal, ...) | operand IS [NOT] NULL
         | operand [NOT] BETWEEN operand AND operand
    operand = field | number | 'text' | (UPPER | LOWER) "(" operand ")"

Logic has SQL's three values: a comparison with NULL is neither true nor false, and its row is not selected.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Value = str | int | float | None
    Row = Mapping[str, Value]
    Truth = bool | None
    Test = Callable[[Row], Truth]

LONGEST = 2000
_DEEPEST = 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)(?!\w)|'(?P<text>(?:[^']|'')*)'"
    r'|"(?P<quoted>\w+)"|(?P<word>[A-Za-z_]\w*)|(?P<sign><>|!=|<=|>=|[=<>(),]))'
)
_KEYWORDS = {"AND", "OR", "NOT", "LIKE", "IN", "IS", "NULL", "BETWEEN", "UPPER", "LOWER"}
_COMPARE = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class WhereError(ValueError):
    """A clause outside the grammar; ``str()`` says in ArcGIS's words which parameter is invalid."""


class Operand(NamedTuple):
    """A field or a literal: how to read it from a row, and whether it is text."""

    read: Callable[[Row], Value]
    is_text: bool


class Token(NamedTuple):
    """A piece of a clause; keywords and signs are their own kind."""

    kind: str
    text: str


def parse_where(clause: str, fields: Mapping[str, bool]) -> Test:
    """Turn a clause into a test of rows.

    Args:
        clause: As in the ``where`` parameter, such as ``population > 1e6 AND country LIKE 'S%'``.
        fields: The layer's fields by lower-case name, true for text.

    Raises:
        WhereError: The clause is not in the grammar, names an unknown field, or compares text with a number.
    """
    if len(clause) > LONGEST:
        raise WhereError("'where' parameter is invalid")
    return _Parser(_split(clause), fields).parse()


def _split(clause: str) -> list[Token]:
    tokens, at, end = [], 0, len(clause.rstrip())
    while at < end:
        match = _TOKEN.match(clause, at)
        if match is None:
            raise WhereError("'where' parameter is invalid")
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "sign" or (kind == "word" and text.upper() in _KEYWORDS):
            kind = text = text.upper()
        tokens.append(Token("word" if kind == "quoted" else kind, text))
        at = match.end()
    return tokens


class _Parser:
    """One descent through the tokens of a clause."""

    def __init__(self, tokens: list[Token], fields: Mapping[str, bool]) -> None:
        self._tokens = [*tokens, Token("end", "")]
        self._fields = fields
        self._at = 0
        self._depth = 0

    def parse(self) -> Test:
        test = self._expression()
        self._expect("end")
        return test

    def _take(self, *kinds: str) -> Token | None:
        token = self._tokens[self._at]
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def _expect(self, *kinds: str) -> Token:
        token = self._take(*kinds)
        if token is None:
            raise WhereError("'where' parameter is invalid")
        return token

    def _expression(self) -> Test:
        tests = [self._term()]
        while self._take("OR"):
            tests.append(self._term())
        return _combine(tests, decisive=True)

    def _term(self) -> Test:
        tests = [self._factor()]
        while self._take("AND"):
            tests.append(self._factor())
        return _combine(tests, decisive=False)

    def _factor(self) -> Test:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise WhereError("'where' parameter is invalid")
        if self._take("NOT"):
            test = _negate(self._factor())
        elif self._take("("):
            test = self._expression()
            self._expect(")")
        else:
            test = self._test()
        self._depth -= 1
        return test

    def _test(self) -> Test:
        left = self._operand()
        if sign := self._take(*_COMPARE):
            return _compare(left, self._operand(), sign.text)
        if self._take("IS"):
            wanted = self._take("NOT") is None
            self._expect("NULL")
            return lambda row: (left.read(row) is None) == wanted
        negated = self._take("NOT")
        if self._take("BETWEEN"):
            test = self._between(left)
        else:
            test = self._in(left) if self._take("IN") else self._like(left)
        return _negate(test) if negated else test

    def _between(self, left: Operand) -> Test:
        low = self._operand()
        self._expect("AND")
        return _combine([_compare(left, low, ">="), _compare(left, self._operand(), "<=")], decisive=False)

    def _in(self, left: Operand) -> Test:
        self._expect("(")
        tests = [_compare(left, self._literal(), "=")]
        while self._take(","):
            tests.append(_compare(left, self._literal(), "="))
        self._expect(")")
        return _combine(tests, decisive=True)

    def _like(self, left: Operand) -> Test:
        self._expect("LIKE")
        pattern = self._expect("text").text.replace("''", "'")
        if not left.is_text:
            raise WhereError("'where' parameter is invalid")

        def test(row: Row) -> Truth:
            value = left.read(row)
            return None if value is None else is_like(str(value), pattern)

        return test

    def _operand(self) -> Operand:
        if change := self._take("UPPER", "LOWER"):
            return self._changed(change.kind)
        if not (word := self._take("word")):
            return self._literal()
        name = word.text.lower()
        if name not in self._fields:
            raise WhereError(f"'Invalid field: {word.text}' parameter is invalid")
        return Operand(lambda row: row[name], self._fields[name])

    def _changed(self, function: str) -> Operand:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise WhereError("'where' parameter is invalid")
        self._expect("(")
        inner = self._operand()
        self._expect(")")
        self._depth -= 1
        if not inner.is_text:
            raise WhereError("'where' parameter is invalid")
        change = str.upper if function == "UPPER" else str.lower

        def read(row: Row) -> Value:
            value = inner.read(row)
            return None if value is None else change(str(value))

        return Operand(read, is_text=True)

    def _literal(self) -> Operand:
        kind, text = self._expect("number", "text")
        value = float(text) if kind == "number" else text.replace("''", "'")
        return Operand(lambda _: value, kind == "text")


def is_like(text: str, pattern: str) -> bool:
    """SQL's LIKE: ``%`` is any text, ``_`` any one character; at worst as slow as both lengths multiplied."""
    at = seen = 0
    star, tried = -1, 0
    while at < len(text):
        if seen < len(pattern) and pattern[seen] == "%":
            star, tried, seen = seen, at, seen + 1
        elif seen < len(pattern) and pattern[seen] in ("_", text[at]):
            at, seen = at + 1, seen + 1
        elif star >= 0:
            tried += 1
            at, seen = tried, star + 1
        else:
            return False
    return not pattern[seen:].strip("%")


def _compare(left: Operand, right: Operand, sign: str) -> Test:
    if left.is_text != right.is_text:
        raise WhereError("'where' parameter is invalid")
    compare = _COMPARE[sign]

    def test(row: Row) -> Truth:
        a, b = left.read(row), right.read(row)
        return None if a is None or b is None else bool(compare(a, b))

    return test


def _combine(tests: list[Test], *, decisive: bool) -> Test:
    """OR (decided by a true test) or AND (decided by a false one); unknown unless decided or all known."""
    if len(tests) == 1:
        return tests[0]

    def test(row: Row) -> Truth:
        truths = [test(row) for test in tests]
        if decisive in truths:
            return decisive
        return None if None in truths else not decisive

    return test


def _negate(inner: Test) -> Test:
    def test(row: Row) -> Truth:
        truth = inner(row)
        return None if truth is None else not truth

    return test
