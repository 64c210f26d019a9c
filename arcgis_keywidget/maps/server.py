"""The route of the Jupyter server to the tile proxies of its kernels, so that remote pages find them.

It runs in the server's process, which may be installed apart from the kernels, and loads nothing of theirs.
It talks to 127.0.0.1 only, to ports that a kernel of the same person wrote down, and makes every answer anew.
"""

from __future__ import annotations

import atexit
import hmac
import json
import os
import re
import secrets
import socket
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.httpclient import HTTPRequest
from tornado.netutil import Resolver
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from arcgis_keywidget.maps import paths, rendezvous

if TYPE_CHECKING:
    from types import TracebackType

    from jupyter_server.serverapp import ServerApp
    from tornado.httpclient import HTTPResponse

_AT = "arcgis-keywidget"
_MOST_AT_ONCE = 64
_CONNECT, _PATIENCE = 5.0, 75.0  # seconds; the proxy itself gives up after 60
_LONGEST_SENTENCE = 1000
_HOST = re.compile(r"[\w.-]{1,255}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?", re.ASCII)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_REFUSALS = frozenset({401, 403, 404, 410, 429, 500, 502, 503, 504})


class _ThisMachine(Resolver):
    """Finds every name on 127.0.0.1: nothing else is asked, and no thread is needed to look it up."""

    def initialize(self) -> None:
        """Take nothing."""

    async def resolve(
        self, host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[tuple[int, Any]]:
        """Return the one address there is."""
        del host, family
        return [(socket.AF_INET, ("127.0.0.1", port))]


class Kernels:
    """The proxies of this person's kernels on this machine.

    Args:
        folder: where their files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client = SimpleAsyncHTTPClient(
            force_instance=True,
            resolver=_ThisMachine(),
            max_clients=_MOST_AT_ONCE,
            max_header_size=paths.MOST_HEAD,
            max_body_size=paths.MOST_BYTES,
        )

    async def ask(self, name: str, path: str, base: str) -> HTTPResponse | None:
        """Return a proxy's answer; None where there is no such proxy.

        Args:
            name: of the proxy.
            path: what is asked of it, in the grammar of `paths`.
            base: below which the page asks for a style's parts.
        """
        try:
            file = rendezvous.kernel_path(self._folder, name)
        except ValueError:
            return None
        kernel = rendezvous.read(file, rendezvous.KernelFile)
        if kernel is None:
            return None
        asked = secrets.token_hex(16)
        proof = paths.proof(kernel.secret, "base", asked, base)
        request = HTTPRequest(
            f"http://127.0.0.1:{kernel.port}/{path}",
            headers={paths.ASK: asked, paths.BASE: base, paths.PROOF: proof},
            connect_timeout=_CONNECT,
            request_timeout=_PATIENCE,
            follow_redirects=False,
            decompress_response=False,
        )
        try:
            response = await self._client.fetch(request, raise_error=False)
        except ConnectionRefusedError:  # the kernel was killed
            rendezvous.remove(file)
            return None
        except Exception:  # noqa: BLE001 (it died meanwhile, or a stranger sends whatever he likes)
            return None
        # Another process may have taken the port of a kernel that was killed.
        known = paths.proof(kernel.secret, "answer", asked, "").encode()
        told = response.headers.get(paths.PROOF, "").encode()
        return response if hmac.compare_digest(told, known) else None


class BasemapHandler(JupyterHandler):
    """Parts of basemaps, for who is signed in to this server."""

    SUPPORTED_METHODS = ("GET",)
    auth_resource = _AT

    def initialize(self, kernels: Kernels) -> None:
        """Take what the route was added with."""
        self._kernels = kernels

    @property
    def content_security_policy(self) -> str:
        """Nothing of an answer is run, whatever it is."""
        return paths.SAFE_HEADERS["Content-Security-Policy"]

    def set_default_headers(self) -> None:
        """Send the same with every answer, refusals too."""
        super().set_default_headers()
        for name, value in paths.SAFE_HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def get_login_url(self) -> str:
        """Refuse, where others redirect: a map can do nothing with a page to sign in on.

        Raises:
            HTTPError: 403.
        """
        raise web.HTTPError(HTTPStatus.FORBIDDEN)

    def check_xsrf_cookie(self) -> None:
        """Ask for no token against forgery: the capability in the path is one, and nothing is changed here.

        JupyterHub would want one with everything that a page fetches, and map libraries know of none.
        """

    def compute_etag(self) -> None:
        """Give none: what a tile is does not change while a browser keeps it."""

    def write_error(self, status_code: int, **_: object) -> None:
        """Send no more than the status."""
        del status_code
        self.clear_header("Content-Type")
        self.finish()

    def _log(self) -> None:
        """Keep the path, which opens maps, out of the server's log."""

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log faults of ours without the request; refusals are none."""
        if typ is not None and value is not None and not isinstance(value, web.HTTPError):
            self.log.error("A part of a basemap could not be passed on.", exc_info=(typ, value, tb))

    @web.authenticated
    @authorized
    async def get(self, _: str) -> None:
        """Return a part of a basemap."""
        if len(self.request.uri or "") > paths.MOST_HEAD:
            raise web.HTTPError(HTTPStatus.REQUEST_URI_TOO_LONG)
        # The path as it came: Tornado's groups are unquoted, so that %2F would be a slash.
        name, _, path = self.request.path.rpartition(f"/{_AT}/")[2].partition("/")
        asked = paths.parse(path)
        if asked is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        base = f"{self._origin()}{self.base_url}{_AT}/{name}/{asked.capability}"
        response = await self._kernels.ask(name, path, base)
        if response is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        if response.code == HTTPStatus.OK:
            self._pass_on(response, asked.part)
        else:
            self._tell(response)

    def _pass_on(self, response: HTTPResponse, part: paths.Part) -> None:
        content_type = response.headers.get("Content-Type", "")
        if content_type not in part.content_types:
            raise web.HTTPError(HTTPStatus.BAD_GATEWAY)
        self.set_header("Content-Type", content_type)
        self.set_header("Cache-Control", part.cache_control)
        self.finish(response.body)

    def _tell(self, response: HTTPResponse) -> None:
        """Say what the proxy says of a part that it has not: two sentences, if they are that."""
        status = response.code if response.code in _REFUSALS else HTTPStatus.BAD_GATEWAY
        self.set_status(status)
        retry_after = response.headers.get("Retry-After", "")
        if re.fullmatch(r"\d{1,4}", retry_after, re.ASCII):
            self.set_header("Retry-After", retry_after)
        sentences = _sentences(response.body)
        if sentences is None:
            self.clear_header("Content-Type")
            self.finish()
        else:
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps(sentences))

    def _origin(self) -> str:
        """Return the address that the page sees this server under, also behind proxies that end TLS.

        Only a page of this very host is believed about the scheme, so nobody can have a style name another.
        """
        host = self.request.host
        if not _HOST.fullmatch(host):
            raise web.HTTPError(HTTPStatus.BAD_REQUEST)
        headers = self.request.headers
        for page in (headers.get("Origin", ""), headers.get("Referer", "")):
            found = re.match(r"(https?)://([^/?#]+)", page)
            if found and found[2].lower() == host.lower():
                return f"{found[1]}://{host}"
        forwarded = headers.get("X-Forwarded-Proto", "").partition(",")[0].strip()
        scheme = forwarded if forwarded in {"http", "https"} else self.request.protocol
        return f"{scheme}://{host}"


def _sentences(body: bytes) -> dict[str, str] | None:
    try:
        told = json.loads(body)
        return {name: str(told[name])[:_LONGEST_SENTENCE] for name in ("title", "hint")}
    except (ValueError, TypeError, KeyError):
        return None


def _load_jupyter_server_extension(app: ServerApp) -> None:
    """Add the route, and tell kernels of it once the server serves."""
    folder = Path(app.runtime_dir)
    pattern = f"{re.escape(app.base_url)}{_AT}/(.+)"
    web_app, loop = cast("Any", app.web_app), cast("Any", app.io_loop)  # Tornado leaves them untyped
    web_app.add_handlers(".*$", [(pattern, BasemapHandler, {"kernels": Kernels(folder)})])
    loop.add_callback(_announce, app, rendezvous.server_path(folder, os.getpid()))


def _announce(app: ServerApp, path: Path) -> None:
    """Write down where the server is, when its port is certain; kernels look for it by its process."""
    origin = ""
    if app.ip in _LOOPBACK and not app.sock:
        host = f"[{app.ip}]" if ":" in app.ip else app.ip
        origin = f"{'https' if app.certfile else 'http'}://{host}:{app.port}"
    rendezvous.sweep(path.parent)  # a server that ends kills its kernels
    rendezvous.write(path, rendezvous.ServerFile(base_url=app.base_url, origin=origin))
    atexit.register(rendezvous.remove, path)
