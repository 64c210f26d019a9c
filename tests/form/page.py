"""A page without a browser: it hears all that a widget says, and speaks as the front end does."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget import KeyForm

SECONDS = 30


class Wire:
    """Everything that goes from the kernel to the page, in its order."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.news = threading.Condition()

    def publish(self, msg_type: str, data: Any = None, **rest: Any) -> None:
        """Take a message, in the place of a comm's `publish_msg`."""
        with self.news:
            self.messages.append({"type": msg_type, "data": data, **rest})
            self.news.notify_all()

    def await_true(self, happened: Callable[[], Any]) -> Any:
        """Wait until something is so, looking whenever a message comes and a little after."""
        ends = time.monotonic() + SECONDS
        with self.news:
            while not (found := happened()):
                assert time.monotonic() < ends, "nothing of the kind came"
                self.news.wait(0.05)
        return found


class Page:
    """One view of a form: asks as JavaScript does, and keeps the last state."""

    ids = itertools.count(1)

    def __init__(self, form: KeyForm, wire: Wire) -> None:
        self.form = form
        self.wire = wire

    def send(self, content: object, buffers: Any = ()) -> None:
        """Send a custom message of any content."""
        data = {"method": "custom", "content": content}
        self.form._handle_msg({"content": {"data": data}, "buffers": list(buffers)})

    def start(self, kind: str, *buffers: bytes, **fields: Any) -> str:
        """Send a question; return its id."""
        message = f"q{next(self.ids)}"
        self.send({"kind": kind, "id": message, **fields}, map(memoryview, buffers))
        return message

    def finish(self, message: str) -> dict[str, Any]:
        """Wait for the answer to a question; its buffers lie beside it."""
        return self.wire.await_true(lambda: self._answer(message))

    def ask(self, kind: str, *buffers: bytes, **fields: Any) -> dict[str, Any]:
        """Send a question and wait for its answer."""
        return self.finish(self.start(kind, *buffers, **fields))

    def sign_in(self, running: Any, user: int = 0) -> dict[str, Any]:
        """Sign in as one of the portal's users."""
        person = running.portal.users[user]
        secret = person.password.encode()
        return self.ask("sign-in", secret, portal=running.url, username=person.username, method="password")

    def await_state(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a pushed state that fits, also one that has come already."""
        return self.wire.await_true(lambda: next(filter(fits, self.states()), None))

    def states(self) -> list[dict[str, Any]]:
        """Every state that was pushed to this view."""
        return [data["content"]["state"] for data in self._customs() if data["content"]["kind"] == "state"]

    def answers(self) -> list[dict[str, Any]]:
        """Every answer so far."""
        return [data["content"] for data in self._customs() if data["content"]["kind"] == "answer"]

    @property
    def state(self) -> dict[str, Any]:
        """The state as the kernel tells it now."""
        return self.ask("look")["state"]

    def _answer(self, message: str) -> dict[str, Any] | None:
        for data in self._customs():
            if data["content"].get("re") == message:
                return {**data["content"], "buffers": data["buffers"]}
        return None

    def _customs(self) -> list[dict[str, Any]]:
        mine = [one for one in self.wire.messages if (one["data"] or {}).get("method") == "custom"]
        return [{**one["data"], "buffers": one.get("buffers")} for one in mine]
