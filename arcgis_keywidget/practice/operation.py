"""One operation of the portal: a name, a handler, and the way from request to reply."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import anyio
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from arcgis_keywidget.practice.call import Call
from arcgis_keywidget.practice.faults import Fault, HangUp
from arcgis_keywidget.practice.replies import Refusal, bad_request, render
from arcgis_keywidget.practice.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.types import Receive, Scope, Send

    from arcgis_keywidget.practice.app import PracticePortal

    Document = dict[str, Any]
    Handler = Callable[[Call], Document | Response | Awaitable[Document | Response]]

METHODS = {"GET", "HEAD", "POST"}
# For pages of any origin, never with credentials: a token has to be sent on purpose.
CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = {
    **CROSS_ORIGIN,
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Authorization, X-Esri-Authorization, Content-Type, X-Requested-With",
    "Access-Control-Max-Age": "600",
}


class Operation:
    """A row of the route table.

    Args:
        name: what faults and the log call it: the last words of its path.
        handler: makes a document of a call, or raises a `Refusal`.
        paths: where it answers.
        form: what `f` is when it is not sent.
        shared: whether pages of other origins may read it.
    """

    def __init__(
        self, name: str, handler: Handler, *paths: str, form: str = "html", shared: bool = True
    ) -> None:
        self.name, self._handler, self._paths, self._form = name, handler, paths, form
        self.shared = shared

    def routes(self, portal: PracticePortal) -> Iterator[Route]:
        """The routes of one portal."""
        for path in self._paths:
            yield Route(path, Endpoint(portal, self), name=self.name)

    async def answer(self, call: Call, fault: Fault | None) -> tuple[Response, str]:
        """The reply, and a note for the log."""
        if fault and fault.kind == "slow":
            await anyio.sleep(fault.value)
        try:
            if call.broken:
                raise bad_request("The form could not be read.")
            if refusal := fault and fault.refusal():
                raise refusal
            result = self._handler(call)
            reply, note = (await result if isawaitable(result) else result), ""
        except Refusal as refusal:
            reply, note = self._render(call, refusal.document(), refusal.status), refusal.note
        except StoreError as error:
            failure = Refusal(500, str(error))
            reply, note = self._render(call, failure.document()), failure.note
        else:
            reply = reply if isinstance(reply, Response) else self._render(call, reply)
        return (fault.spoil(reply), f"fault {fault.kind}") if fault else (reply, note)

    def _render(self, call: Call, document: Document, status: int = 200) -> Response:
        return render(document, call.text("f", self._form), status)


class Endpoint:
    """An operation of one portal, as an ASGI application: read, work, log, reply."""

    def __init__(self, portal: PracticePortal, operation: Operation) -> None:
        self._portal, self._operation = portal, operation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = Call(self._portal, scope)
        try:
            await call.read(receive)
        except ClientDisconnect:
            return
        reply, note = await self._reply(call)
        if self._operation.shared:
            reply.headers.update(CROSS_ORIGIN)
        if self._portal.latency:
            await anyio.sleep(self._portal.latency / 1000)
        status = None if isinstance(reply, HangUp) else reply.status_code
        self._portal.log.write(call, self._operation.name, status, note)
        await reply(scope, receive, send)

    async def _reply(self, call: Call) -> tuple[Response, str]:
        if call.request.method == "OPTIONS" and self._operation.shared:
            return Response(status_code=204, headers=PREFLIGHT), "preflight"
        if call.request.method not in METHODS:
            return Response(status_code=405), "method"
        fault = self._portal.faults.take(self._operation.name)
        if fault and (replacement := fault.replacement()):
            return replacement, f"fault {fault.kind}"
        return await self._operation.answer(call, fault)
