"""A signed-in client with little patience, and a search for secrets in errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget.portal import Portal, undo
from arcgis_keywidget.practice import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from arcgis_keywidget.practice import Running

TIMEOUT = 2.0  # seconds; an ordinary answer takes a few milliseconds, more on a busy machine


@pytest.fixture
def serving() -> Iterator[Running]:
    """A portal of the test's own: a late answer of another test's slow request must not end up in its log."""
    with serve() as running:
        yield running


@pytest.fixture
async def client(served: Running) -> AsyncIterator[Portal]:
    """The client over a socket; it has little patience."""
    async with Portal(served.url, timeout=TIMEOUT) as portal:
        user = served.portal.users[0]
        await portal.sign_in(user.username, user.password)
        yield portal


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo pauses for as long as the slow fault lasts, not longer."""
    monkeypatch.setattr(undo, "LOOKS", (0.0, 1.6))
    monkeypatch.setattr(undo, "_DELETIONS", (0.0, 0.1))


def words_of(error: BaseException | None) -> str:
    """Everything that an error says or holds, and all the errors behind it."""
    words = []
    while error is not None:
        words += [repr(error), str(error), repr(vars(error)), *getattr(error, "__notes__", [])]
        error = error.__context__
    return "\n".join(words)


@pytest.fixture(name="words_of")
def words_of_fixture():
    """The function, for tests in importlib mode."""
    return words_of
