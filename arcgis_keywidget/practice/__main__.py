"""`python -m arcgis_keywidget.practice`: serve a practice portal until stopped.

When it serves it prints one JSON line: addresses, people with their passwords, the layer; with `--tls` also
the address of HTTPS and the certificate to trust.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import json
import os
import re
import signal
import sys
import threading
from contextlib import ExitStack, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from arcgis_keywidget.practice.app import PracticePortal
from arcgis_keywidget.practice.people import ACCOUNTS, VERSIONS
from arcgis_keywidget.practice.server import Listeners, open_listeners, run
from arcgis_keywidget.practice.switches import Switches

if TYPE_CHECKING:
    from collections.abc import Sequence

_OTHERS = (
    "Warning: everyone who can reach this machine can reach this practice portal, and passwords travel as"
    " they are. Use it in a network that you trust, such as a classroom's, and end it after the class."
)
_FEWEST, _MOST = 2, 4
"""Processes that draw basemaps."""
_QUIET = 2.0
"""Seconds before they get ready; whoever wants a map sooner starts them."""
_KEY = re.compile(r"AAP[KT][\w.-]*")


def main(argv: Sequence[str] | None = None) -> int:
    """Serve; return the exit status."""
    options = _parser().parse_args(argv)
    # The first Ctrl-C stops the server, a second one cancels what is under way; both end here.
    with ExitStack() as stack, suppress(KeyboardInterrupt, asyncio.CancelledError):
        try:
            portal = _open(options)
            stack.callback(portal.close)
            listeners = open_listeners(
                portal, options.host, options.port, tls=options.tls, tls_port=options.tls_port
            )
        except (OSError, OverflowError, ValueError) as error:
            print(f"The practice portal could not start. {_explain(error, options)}", file=sys.stderr)
            return 1
        if not ip_address(listeners.plain.getsockname()[0]).is_loopback:
            print(_OTHERS, file=sys.stderr)
        asyncio.run(_serve(portal, listeners, with_parent=options.with_parent))
    return 0


def _open(options: argparse.Namespace) -> PracticePortal:
    return PracticePortal(
        options.account,
        store=options.store,
        items=options.items,
        seed=options.seed,
        log=options.log,
        faults=options.fault,
        version=options.version,
        switches=dict(options.switch),
        latency=options.latency,
        processes=min(max(_FEWEST, os.cpu_count() or 1), _MOST),
    )


def _explain(error: Exception, options: argparse.Namespace) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        ports = " or ".join(str(port) for port in (options.port, options.tls_port) if port)
        return f"Port {ports} is in use; choose another one, or 0 for a free one."
    return _KEY.sub("…", str(error))


class _Discreet(argparse.ArgumentParser):
    """A parser that repeats nothing of a wrong command line: there may be a key in it."""

    def error(self, message: str) -> NoReturn:
        # What follows the name of an option repeats what was given for it; the name is ours.
        what = message.partition(":")[0] if message.startswith("argument ") else "these arguments"
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {what}: not understood; --help tells the usage.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Discreet(
        prog="arcgis-keywidget practice",
        description="Serve a practice portal on this machine.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen at (%(default)s: this machine only)")
    add("--port", type=int, default=0, help="0 takes a free one")
    add("--tls", action="store_true", help="serve HTTPS as well, with a certificate that is made for it")
    add("--tls-port", type=int, default=0, metavar="PORT", help="of HTTPS; 0 takes a free one")
    add(
        "--account",
        choices=tuple(ACCOUNTS),
        default="location-platform",
        help="kind of account (%(default)s)",
    )
    add("--version", choices=tuple(VERSIONS), help="of Enterprise")
    add("--store", type=Path, metavar="FILE", help="keep everything in this SQLite file")
    add("--items", type=int, default=0, metavar="N", help="give the first user N more items, at most 100,000")
    add("--latency", type=float, default=0, metavar="MILLISECONDS", help="answer so much later")
    add("--log", type=Path, metavar="FILE.jsonl", help="note every request, one JSON object a line")
    add(
        "--fault",
        action="append",
        default=[],
        metavar="SPEC",
        help="such as addItem:drop-after, token:slow=5*2",
    )
    add(
        "--switch",
        action="append",
        type=_parse_switch,
        default=[],
        metavar="NAME=CHOICE",
        help=f"where the real portal is not certain: {_list_switches()}",
    )
    add("--seed", type=int, metavar="N", help="the same passwords and items each time")
    add("--with-parent", action="store_true", help="end when standard input closes")
    return parser


def _parse_switch(text: str) -> tuple[str, str]:
    name, _, choice = text.partition("=")
    return name, choice


def _list_switches() -> str:
    return ", ".join(f"{name}={'|'.join(choices)}" for name, choices in Switches.choices().items())


async def _serve(portal: PracticePortal, listeners: Listeners, *, with_parent: bool) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C comes as KeyboardInterrupt
            loop.add_signal_handler(name, _end, stop, asyncio.current_task())
    if with_parent:
        threading.Thread(target=_wait_for_end, args=(loop, stop), daemon=True).start()
    print(json.dumps(listeners.describe(portal)), flush=True)
    loop.call_later(_QUIET, portal.drawing.start)
    await run(portal, listeners, stop)


def _end(stop: asyncio.Event, serving: asyncio.Task[None] | None) -> None:
    if stop.is_set() and serving:
        serving.cancel()
    stop.set()


def _wait_for_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    # Unbuffered: a thread that waits inside a buffer would break the interpreter's own end.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    with suppress(RuntimeError):  # the loop has ended by itself
        loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    sys.exit(main())
