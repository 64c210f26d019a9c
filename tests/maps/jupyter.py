"""A Jupyter server in a process of its own, and kernels that it starts."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_client import BlockingKernelClient

from tests.browser.server import Server, free_port
from tests.maps.web import Answered, ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 60
TOKEN = "token-of-the-jupyter-server"


@dataclass(frozen=True)
class Jupyter:
    """A Jupyter server in a process of its own."""

    origin: str
    base_url: str
    runtime: Path
    server: Server

    @property
    def process(self) -> int:
        """Its number."""
        return self.server._process.pid

    def ask(self, path: str, method: str = "GET", token: str | None = TOKEN, **headers: str) -> Answered:
        """Ask for a root-relative address, signed in unless told otherwise."""
        signed = {"Authorization": f"token {token}"} if token is not None else {}
        return ask(self.origin + path, method, **signed, **headers)


@contextmanager
def serve(base_url: str, folder: Path, *flags: str) -> Iterator[Jupyter]:
    """Run a Jupyter server while the block runs."""
    port, runtime = free_port(), folder / "runtime"
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *(f"--ServerApp.base_url={base_url}", f"--ServerApp.root_dir={folder}", "--allow-root"),
        "--ServerApp.port_retries=0",
        *flags,
    ]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_"))},
        "HOME": str(folder),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_TOKEN": TOKEN,
    }
    origin = f"http://127.0.0.1:{port}"
    with Server(command, f"{origin}{base_url}api", folder / "server.log", folder, environment) as server:
        yield Jupyter(origin, base_url, runtime, server)


class Kernel:
    """A kernel of a Jupyter server, started as a page starts it."""

    def __init__(self, jupyter) -> None:
        self.jupyter = jupyter
        self.id = json.loads(jupyter.ask(f"{jupyter.base_url}api/kernels", "POST").body)["id"]
        file = jupyter.runtime / f"kernel-{self.id}.json"
        deadline = time.monotonic() + SECONDS
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.client = BlockingKernelClient(connection_file=str(file))
        self.client.load_connection_file()
        self.client.start_channels()
        self._await_ready(deadline)

    def _await_ready(self, deadline: float) -> None:
        """Wait for its first answer; a client takes a kernel for dead that needs two seconds to begin."""
        while True:
            try:
                return self.client.wait_for_ready(timeout=max(1, deadline - time.monotonic()))
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise

    def run(self, code: str) -> str:
        """Run a cell; return what it printed."""
        printed: list[str] = []

        def note(message) -> None:
            content = message["content"]
            printed.append(content.get("text", "") or "\n".join(content.get("traceback", [])))

        self.client.execute_interactive(code, output_hook=note, timeout=SECONDS)
        return "".join(printed)

    def end(self) -> None:
        """Shut it down, as the page does."""
        self.client.stop_channels()
        ended = self.jupyter.ask(f"{self.jupyter.base_url}api/kernels/{self.id}", "DELETE")
        assert ended.status in {204, 404}, ended
