"""A real Secret Service: GNOME Keyring on a message bus of its own, in a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 30
PATHS = "/org/freedesktop/secrets/collection/"
PREFERRED = "KEYRING_PROPERTY_PREFERRED_COLLECTION"  # as the library keyring reads it

# No folder of services: the first question would start a second daemon, which has no password.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing() -> str:
    """The program that this machine lacks for it, empty where none."""
    return next((name for name in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(name)), "")


@contextmanager
def secret_service(home: Path, collection: str = "session") -> Iterator[dict[str, str]]:
    """Start one, unlocked; give the environment in which it is found.

    Its ``login`` collection is a file, and can be locked; its ``session`` collection is in memory, and not.
    """
    config = home / "bus.conf"
    config.write_text(BUS)
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],  # noqa: S607 (usual name)
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    keyring = None
    try:
        environ = {
            "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            PREFERRED: PATHS + collection,
        }
        keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],  # noqa: S607 (same)
            env={**os.environ, **environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        keyring.stdin.write(b"practice")
        keyring.stdin.close()
        _await_collection(environ)
        yield environ
    finally:
        for process in filter(None, (keyring, bus)):
            process.terminate()
            process.wait(SECONDS)
        bus.stdout.close()


def lock(environ: dict[str, str]) -> None:
    """Lock the vault, as the person's desktop does when they are away."""
    with _collection(environ) as collection:
        collection.lock()


def empty(environ: dict[str, str]) -> None:
    """Drop everything in the vault."""
    with _collection(environ) as collection:
        for item in collection.get_all_items():
            item.delete()


def entries(environ: dict[str, str]) -> dict[str, str]:
    """What the vault holds, by the names that people see."""
    with _collection(environ) as collection:
        return {
            item.get_attributes()["username"]: item.get_secret().decode()
            for item in collection.get_all_items()
        }


@contextmanager
def _collection(environ: dict[str, str]) -> Iterator[object]:
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(environ["DBUS_SESSION_BUS_ADDRESS"])
    try:
        yield secretstorage.Collection(connection, environ[PREFERRED])
    finally:
        connection.close()


def _await_collection(environ: dict[str, str]) -> None:
    import secretstorage

    until = time.monotonic() + SECONDS
    while True:
        try:
            with _collection(environ) as collection:
                collection.ensure_not_locked()
                return
        except (secretstorage.exceptions.SecretStorageException, OSError):
            if time.monotonic() > until:
                raise
        time.sleep(0.05)
