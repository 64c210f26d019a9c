"""Make .venv; what Debian leaves out of its Python is asked of apt where we may, else explained."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / ".venv"
NEEDS = (3, 11)


def install_venv() -> None:
    """Have apt install the missing half of Debian's Python."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"
        )
    subprocess.run(["apt-get", "update", "-qq"], check=True)  # noqa: S607 (apt-get by its usual name)
    subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=True)  # noqa: S607 (same)


def main() -> None:
    """Make .venv with pip, in the project's root."""
    if sys.version_info < NEEDS:
        sys.exit(f"Python {NEEDS[0]}.{NEEDS[1]} or newer is needed; this is {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401, PLC0415 (its presence is the question)
    except ImportError:
        install_venv()
    venv.create(HERE, with_pip=True)


if __name__ == "__main__":
    main()
