"""Every message between kernel and browser, as it passed through the page's websocket."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

ASKED_FOR = ("reveal", "copy")
"""The only messages of the form whose answers may hold a secret."""


@dataclass(frozen=True, slots=True)
class Message:
    """One Jupyter message: its type, its JSON content and everything it weighs."""

    kind: str
    content: dict[str, Any]
    buffers: bytes
    frame: bytes

    @property
    def custom(self) -> dict[str, Any]:
        """What the form put into it, if it is a custom message of a widget."""
        data = self.content.get("data", {})
        return data.get("content", {}) if data.get("method") == "custom" else {}


def parse(frame: bytes) -> Message:
    """Take a frame of the protocol ``v1.kernel.websocket.jupyter.org`` apart.

    It begins with the count of offsets and the offsets, unsigned 64-bit little-endian, of channel, header,
    parent header, metadata, content and buffers (documentation of jupyter_server, "WebSocket protocols").
    """
    (count,) = struct.unpack_from("<Q", frame)
    offsets = struct.unpack_from(f"<{count}Q", frame, 8)
    parts = [frame[start:end] for start, end in pairwise(offsets)]
    header, content = json.loads(parts[1]), json.loads(parts[4])
    return Message(header["msg_type"], content, b"".join(parts[5:]), frame)


class Wire:
    """Records the kernel's websockets of a page from its first frame on."""

    def __init__(self, page: Page) -> None:
        self.sent: list[Message] = []
        self.received: list[Message] = []
        page.on("websocket", self._record)

    def _record(self, socket: WebSocket) -> None:
        if "/api/kernels/" not in socket.url:
            return
        socket.on("framesent", lambda frame: self._keep(self.sent, frame))
        socket.on("framereceived", lambda frame: self._keep(self.received, frame))

    @staticmethod
    def _keep(messages: list[Message], frame: str | bytes) -> None:
        assert isinstance(frame, bytes), "a text frame: the old websocket protocol"
        messages.append(parse(frame))

    def asked(self, *kinds: str) -> list[Message]:
        """Return what the form sent of these kinds."""
        return [message for message in self.sent if message.custom.get("kind") in kinds]

    def places(self) -> dict[str, bytes]:
        """Return what must hold no secret: all but the answers to Reveal and Copy and a sign-in's buffer."""
        allowed = {message.custom["id"] for message in self.asked(*ASKED_FOR)}
        received = [message.frame for message in self.received if message.custom.get("re") not in allowed]
        signing_in = self.asked("sign-in")
        sent = [message.frame for message in self.sent if message not in signing_in]
        texts = [json.dumps(message.content).encode() for message in [*signing_in, *self._answers(allowed)]]
        return {
            "messages to the browser": b"\n".join(received),
            "messages to the kernel": b"\n".join(sent),
            "text beside a buffer": b"\n".join(texts),
        }

    def _answers(self, ids: set[Any]) -> list[Message]:
        return [message for message in self.received if message.custom.get("re") in ids]
