"""Have what tests need of the system: a Chromium (its own, by apt, else Playwright's), a Secret Service."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library


def missing() -> list[str]:
    """The Debian packages that the tests need and this machine lacks."""
    packages = [] if shutil.which("chromium") else ["chromium", "fonts-dejavu-core"]
    packages += [] if shutil.which("gnome-keyring-daemon") else ["gnome-keyring"]
    packages += [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    # Playwright's own Node is linked against it, and a minimal Debian comes without.
    return packages if find_library("atomic") else [*packages, "libatomic1"]


def main() -> None:
    """Install what is missing: by apt where we may, else a browser of Playwright's."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)  # noqa: S607 (apt-get by its usual name)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    elif not shutil.which("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()
