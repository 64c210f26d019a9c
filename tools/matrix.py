"""Run the kernel, browser and leak tests in each supported environment and write docs/matrix.md."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-matrix"
TABLE = ROOT / "docs" / "matrix.md"
TESTS = ("tests/kernel", "tests/browser", "tests/leaks")
SHOWN = ("jupyterlab", "notebook", "ipykernel", "ipywidgets", "anywidget", "httpx")


@dataclass(frozen=True)
class Round:
    """One environment: what is pinned in it, and which application shows the notebooks."""

    name: str
    pins: tuple[str, ...] = ()
    application: str = "lab"

    @property
    def python(self) -> Path:
        """The round's own interpreter."""
        return FOLDER / re.sub(r"\W+", "-", self.name.lower()) / "bin" / "python"


ROUNDS = (
    Round("JupyterLab, newest ipykernel"),
    Round("JupyterLab, ipykernel 6", pins=("ipykernel<7",)),
    Round("Notebook 7, newest ipykernel", application="notebook"),
)


def prepare(one: Round) -> dict[str, str]:
    """Make the environment anew and return the versions in it."""
    venv.create(one.python.parent.parent, with_pip=True, clear=True)
    pip = [str(one.python), "-m", "pip", "--disable-pip-version-check"]
    install = [*pip, "install", "--quiet", "--editable", ".[test]", *one.pins]
    subprocess.run(install, cwd=ROOT, env={**os.environ, "SKIP_JUPYTER_BUILDER": "1"}, check=True)
    listed = subprocess.run([*pip, "list", "--format=json"], capture_output=True, text=True, check=True)
    return {package["name"].lower(): package["version"] for package in json.loads(listed.stdout)}


def run(one: Round) -> tuple[bool, str]:
    """Run the tests; return whether all passed, and pytest's closing line."""
    command = [str(one.python), "-m", "pytest", *TESTS]
    environment = {**os.environ, "KEYWIDGET_APPLICATION": one.application}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, flush=True)
    closing = done.stdout.strip().splitlines()[-1].strip("= ")
    return done.returncode == 0, re.sub(r" in [\d.]+s.*", "", closing)


def main() -> int:
    """Run every round and write the table; fail if one round failed."""
    today = f"{datetime.now(UTC):%d %B %Y}"
    lines = [
        "# The last full matrix",
        "",
        f"`make test-matrix` on {today}, Python {sys.version.split()[0]}: kernel, browser and leak tests.",
        "",
        f"| environment | {' | '.join(SHOWN)} | outcome |",
        f"|{'---|' * (len(SHOWN) + 2)}",
    ]
    good = True
    for one in ROUNDS:
        versions = prepare(one)
        passed, closing = run(one)
        good = good and passed
        lines.append(f"| {one.name} | {' | '.join(versions[name] for name in SHOWN)} | {closing} |")
    TABLE.write_text("\n".join([*lines, ""]))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
