"""Faults on demand: `<operation>:<kind>[*N]`.

The operation is a route's name, such as `addItem` or `portals/self`. The kinds:

- `error=CODE`: ArcGIS's error body for that code, HTTP 200;
- `http=STATUS`: that true HTTP status, with an HTML body, as gateways answer; 401, 403 and 429 come with
  ArcGIS's own body (`http=429`: a ceiling on requests, without a word about when to come back);
- `html`: a page, as a captive proxy answers;
- `slow=SECONDS`: the right answer, late;
- `half`: the right answer, cut in the middle;
- `drop-before`, `drop-after`: the connection is closed without a reply, before or after the work is done.

N requests meet the fault: 1 unless given, 0 for every one.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from arcgis_keywidget.practice.replies import NO_PERMISSION, Refusal, page, render

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from starlette.types import Receive, Scope, Send

HANG_UP = "arcgis_practice.hang_up"
PLAIN = {"html", "half", "drop-before", "drop-after"}
NUMBERED = {"error", "http", "slow"}
_SPEC = re.compile(
    r"(?P<operation>[\w/]+):(?P<kind>[a-z-]+)(?:=(?P<value>\d+(?:\.\d+)?))?(?:\*(?P<times>\d+))?"
)
_TEXTS = {
    403: (NO_PERMISSION, "GWM_0003"),
    498: ("Invalid token.", None),
    499: ("Token Required", "GWM_0003"),
    500: ("Internal server error.", None),
}
# The services' own words for what ArcGIS, not a gateway, answers with a true status. 429: assumed.
_REFUSED = {401: "Invalid token.", 403: "Permission missing.", 429: "Too many requests."}


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of failure, with its number where it takes one."""

    kind: str
    value: float = 0

    def __str__(self) -> str:
        return f"{self.kind}={self.value:g}" if self.kind in NUMBERED else self.kind

    def replacement(self) -> Response | None:
        """The reply that stands in for the work, for the kinds that do none."""
        if self.kind == "http" and self.value in _REFUSED:
            refusal = Refusal(int(self.value), _REFUSED[int(self.value)], status=int(self.value))
            return render(refusal.document(), status=refusal.status)
        if self.kind == "http":
            return page("Error", "The server could not answer.", int(self.value))
        if self.kind == "html":
            return page("Welcome", "Accept the terms of this network to go on.")
        return HangUp() if self.kind == "drop-before" else None

    def refusal(self) -> Refusal | None:
        """The portal's own error, for the kind `error`."""
        if self.kind != "error":
            return None
        message, message_code = _TEXTS.get(int(self.value), ("Unable to complete operation.", None))
        return Refusal(int(self.value), message, message_code=message_code)

    def spoil(self, reply: Response) -> Response:
        """The reply after the work, for the kinds that spoil it."""
        if self.kind == "drop-after":
            return HangUp()
        if self.kind == "half":
            body = bytes(reply.body)
            return Response(body[: len(body) // 2], reply.status_code, media_type=reply.media_type)
        return reply


class HangUp(Response):
    """A reply that is none: the connection is closed.

    The server lends its way of closing a connection in the request's extensions. Without a server (tests that
    call the application directly) the client sees a `ConnectionResetError`.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the connection, and stay until the server has seen it closed."""
        del send
        close = scope.get("extensions", {}).get(HANG_UP)
        if close is None:
            raise ConnectionResetError("The practice portal closed the connection, as it was told to.")
        close()
        while (await receive())["type"] != "http.disconnect":
            pass


class Faults:
    """The armed faults; thread-safe.

    Args:
        operations: the names that faults may be armed for.
        specs: faults to arm at once.
    """

    def __init__(self, operations: Collection[str], specs: Iterable[str] = ()) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._armed: list[tuple[str, Fault, int]] = []
        self._first = tuple(specs)
        self.rearm()

    @property
    def armed(self) -> list[str]:
        """What is armed, as it would be given to `arm`, with the number of requests that it still meets."""
        with self._lock:
            return [f"{operation}:{fault}*{times}" for operation, fault, times in self._armed]

    def rearm(self) -> None:
        """Disarm every fault but those that were armed at the start, and begin to count these anew."""
        self.heal()
        for spec in self._first:
            self.arm(spec)

    def arm(self, spec: str) -> None:
        """Arm one fault, behind those that are armed already.

        Raises:
            ValueError: no such operation or kind.
        """
        parsed = _SPEC.fullmatch(spec)
        if parsed is None or parsed["operation"] not in self._operations:
            raise ValueError(f"{spec!r} names none of: {', '.join(sorted(self._operations))}.")
        if parsed["kind"] not in (NUMBERED if parsed["value"] else PLAIN):
            kinds = [*sorted(PLAIN), *(f"{kind}=NUMBER" for kind in sorted(NUMBERED))]
            raise ValueError(f"{spec!r} is none of the kinds {', '.join(kinds)}.")
        fault = Fault(parsed["kind"], float(parsed["value"] or 0))
        with self._lock:
            self._armed.append((parsed["operation"], fault, int(parsed["times"] or "1")))

    def heal(self) -> None:
        """Disarm every fault."""
        with self._lock:
            self._armed.clear()

    def take(self, operation: str) -> Fault | None:
        """The fault that this request meets, counted."""
        with self._lock:
            for index, (name, fault, times) in enumerate(self._armed):
                if name == operation:
                    if times == 1:
                        del self._armed[index]
                    elif times:
                        self._armed[index] = (name, fault, times - 1)
                    return fault
        return None
