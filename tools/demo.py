"""The main job on the practice portal, in code; then, with --serve, JupyterLab on the first notebook."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from arcgis_keywidget import KeyRequest, Portal, fetch_tile, read_layer, use
from arcgis_keywidget.practice import serve

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "out" / "basemap.png"
NOTEBOOK = "01_first_key.ipynb"


def make_key(url: str, username: str, password: str, layer: str) -> None:
    """Sign in, make a key for basemaps and one private layer, and use it at once."""
    with Portal.connect(url) as portal:
        portal.sign_in(username, password)
        print(f"Signed in to the practice portal at {portal.url} as {portal.account.username}.")
        request = KeyRequest(
            "Demonstration key",
            privileges=("premium:user:basemaps", "premium:user:staticbasemaptiles"),
            items=(layer,),
            expires=timedelta(days=1),
            folder="Developer credentials",
        )
        credential = portal.create_key(request)
    print(f"Made the credential {credential.title!r} with the key {credential.key!r}.")
    print(f"Put it in {use(credential)}.")
    tile = fetch_tile("arcgis/streets", 2, 2, 1)
    PICTURE.parent.mkdir(exist_ok=True)
    tile.save(PICTURE)
    print(f"Fetched a basemap tile with it: {PICTURE.relative_to(ROOT)} ({len(tile.content):,} bytes).")
    rows = read_layer(layer)
    print(f"Read {len(rows)} rows of the private layer with it; the first: {rows[0]}")


def free_port() -> int:
    """Ask the system for a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_port(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers at a port, or has ended."""
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)


def serve_lab() -> int:
    """Serve JupyterLab on loopback, behind a token of its own, until Ctrl-C."""
    port, token = free_port(), secrets.token_urlsafe(24)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *(f"--ServerApp.root_dir={ROOT / 'notebooks'}", "--log-level=WARN"),
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]
    lab = subprocess.Popen(command, env={**os.environ, "JUPYTER_TOKEN": token})
    await_port(port, lab)
    print(f"\nOpen http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}\nStop with Ctrl-C.", flush=True)
    try:
        return lab.wait()
    except KeyboardInterrupt:
        lab.terminate()
        return lab.wait()


def main() -> int:
    """Run the job once; serve the notebooks if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true", help="then serve JupyterLab on the first notebook")
    options = parser.parse_args()
    with serve() as running:
        user = running.portal.users[0]
        make_key(running.url, user.username, user.password, running.portal.layer)
    return serve_lab() if options.serve else 0


if __name__ == "__main__":
    sys.exit(main())
