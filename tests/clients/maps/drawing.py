"""A page with a map, drawn in a real browser: its picture, what went wrong, what the portal was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.clients.maps.picture import Picture

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response

    from arcgis_keywidget.practice import PracticePortal
    from tests.clients.maps.picture import View

FLAGS = [
    # As root in a container, without network and graphics card: WebGL is drawn by the processor.
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"),
    # Whatever else a client wants from elsewhere, it does not get it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SECONDS = 45
# Playwright waits for a page's answer without end.
ASK = """(given) => Promise.race([window.{}(given), new Promise((_, reject) =>
    setTimeout(() => reject(new Error("The map is not drawn yet.")), given.seconds * 1000))])"""
NOT_MODIFIED = 304
GOOD = {"", "preflight"}
"""The notes of requests that were not refused."""


@dataclass(frozen=True)
class Drawing:
    """What came of a page.

    Attributes:
        picture: what is on the screen.
        answer: what the page says of it; empty when it was refused.
        refused: the error that the client ended with, or nothing.
        flaws: whatever a developer would see in red: errors on the console, failed requests, requests that
            went elsewhere, and errors that the client told.
        warnings: those on the console.
        requests: the entries of the portal's log.
    """

    picture: Picture
    answer: dict[str, Any]
    refused: str
    flaws: list[str]
    warnings: list[str]
    requests: list[dict[str, Any]]

    @property
    def refusals(self) -> set[tuple[str, str]]:
        """The operations that the portal refused, and how."""
        return {(entry["operation"], entry["note"]) for entry in self.requests if entry["note"] not in GOOD}

    @property
    def calls(self) -> set[tuple[str, str, str | None]]:
        """Method and operation of every kind of request, and where the token was."""
        return {(entry["method"], entry["operation"], entry["token_by"]) for entry in self.requests}


class Sheet:
    """A page that is open in a browser profile of its own, in front of one portal.

    Args:
        page: where to draw.
        portal: whose log tells what was asked.
        secret: never to be shown: the key.
        known: hosts, with their ports, that requests may go to.
    """

    def __init__(self, page: Page, portal: PracticePortal, secret: str, known: set[str]) -> None:
        self.page, self._portal, self._secret, self._known = page, portal, secret, known
        self._before, self._refused = len(portal.requests), ""
        self._answer: dict[str, Any] = {}
        self._flaws: list[str] = []
        self._warnings: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"page: {error.message}"))
        page.context.on("request", self._check_host)
        page.context.on("requestfailed", lambda request: self._note(f"failed: {request.url}"))
        page.context.on("response", self._check_status)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What the portal was asked since the page is open."""
        return self._portal.requests[self._before :]

    def ask(self, function: str, view: View, **given: Any) -> dict[str, Any]:
        """Call a function of the page; its answer, or nothing when the client ended with an error."""
        sent = {"seconds": SECONDS, "centre": view.centre, "zoom": view.zoom, "key": self._secret, **given}
        try:
            self._answer = self.page.evaluate(ASK.format(function), sent)
        except Error as error:
            self._answer, self._refused = {}, self._mask(error.message.splitlines()[0])
        self._view = view
        return self._answer

    def drawing(self) -> Drawing:
        """What is there now."""
        told = [self._mask(f"the client: {error}") for error in self._answer.get("errors", ())]
        picture = Picture(self.page.screenshot(), self._view)
        return Drawing(
            *(picture, self._answer, self._refused),
            *(self._flaws + told, list(self._warnings), self.requests),
        )

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self._note(f"console: {line.text}")
        if line.type == "warning":
            self._warnings.append(self._mask(line.text))

    def _check_host(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc not in self._known:
            self._note(f"elsewhere: {request.url}")

    def _check_status(self, reply: Response) -> None:
        if not reply.ok and reply.status != NOT_MODIFIED:
            self._note(f"{reply.status}: {reply.url}")

    def _note(self, text: str) -> None:
        self._flaws.append(self._mask(text))

    def _mask(self, text: str) -> str:
        return text.replace(self._secret, "<key>")
