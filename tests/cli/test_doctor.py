"""`arcgis-keywidget doctor` as a person calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from arcgis_keywidget.cli import main; sys.exit(main())",
    "doctor",
]


def run(*arguments, **environment) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    hidden = ("PROXY", "SSL_CERT", "_CA_BUNDLE", "JUPYTERHUB")
    kept = {
        name: value for name, value in os.environ.items() if not any(one in name.upper() for one in hidden)
    }
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, encoding="utf-8", check=False, env=kept | environment
    )


def test_every_row_has_a_state_and_what_is_wrong_a_remedy(served):
    """As JSON; the status is that of the worst row."""
    done = run("--portal", served.url, "--json")
    rows = json.loads(done.stdout)["rows"]
    states = {row["state"] for row in rows}
    assert {row["name"] for row in rows} >= {
        "Python",
        "httpx",
        "Hub",
        "proxy",
        "certificates",
        "portal",
        "clock",
        "keyring",
    }
    assert all((row["state"] == "ok") == (not row["remedy"]) for row in rows)
    assert done.returncode == (2 if "failure" in states else 1 if "warning" in states else 0)


def test_a_dead_portal_is_two_and_stops_no_other_row(dead_port):
    """Lines for people, with a remedy below."""
    done = run(
        "--portal", f"http://127.0.0.1:{dead_port}", HTTPS_PROXY="http://ada:canary@proxy.example.com:1"
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 2
    at = next(place for place, line in enumerate(lines) if line.startswith("failure  portal"))
    assert lines[at + 1].strip().startswith("->")
    assert any(line.startswith("ok       Python") for line in lines)
    assert "canary" not in done.stdout + done.stderr


@pytest.fixture
def dead_port() -> int:
    """A port of this machine where nobody listens."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
