"""`make bench`: the scan of 200 notebooks of 100 MB, beside others that search files.

It fails where a planted key is not found or something else is; times never fail it. Beside it: grep with the
form of a key, which tells no place, and detect-secrets, in an environment of its own below `out/`, on a tenth
of the notebooks, since it looks at every line with many eyes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from bench.made_notebooks import make_notebooks
from bench.table import Figure, describe_machine, show

COUNT, SIZE = 200, 500_000
ROUNDS = 3
PEER = Path(__file__).resolve().parent.parent / "out" / "detect-secrets"
COMMAND = [
    sys.executable,
    "-c",
    "import sys; from arcgis_keywidget.cli import main; sys.exit(main())",
    "scan",
]
FORM = r"AAPT[A-Za-z0-9_.-]{40,}AT[12]_[A-Za-z0-9]{8}|AAPK[0-9a-f]{32}[A-Za-z0-9_-]{64}"


def time_ours(folder: Path, planted: list[tuple[str, str, int | None]]) -> float:
    """Seconds of the command, from its start to its end.

    Raises:
        ValueError: not exactly the planted keys were found.
    """
    begin = time.perf_counter()
    done = subprocess.run([*COMMAND, "--json", folder], capture_output=True, text=True, check=False)
    took = time.perf_counter() - begin
    found = [(find["file"], _place(find), find["slot"]) for find in json.loads(done.stdout)["finds"]]
    if sorted(map(str, found)) != sorted(map(str, planted)):
        raise ValueError(f"{len(found)} finds, {len(planted)} keys were planted")
    return took


def _place(find: dict[str, object]) -> str:
    return f"cell {find['cell']}, {find['part']}" if find["cell"] else str(find["part"])


def time_command(command: list[str]) -> float:
    """Seconds of another's command; what it finds is its own affair."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"}, check=False)
    return time.perf_counter() - begin


def peer() -> str:
    """The command of detect-secrets, installed if it is not yet."""
    if not (PEER / "bin" / "detect-secrets").exists():
        venv.create(PEER, with_pip=True)
        install = [PEER / "bin" / "python", "-m", "pip", "install", "--quiet", "detect-secrets==1.5.0"]
        subprocess.run(install, check=True)
    return str(PEER / "bin" / "detect-secrets")


def measure(folder: Path) -> list[Figure]:
    """Ours and grep in turns, then detect-secrets on a tenth."""
    planted = make_notebooks(folder, COUNT, SIZE)
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    grep = ["grep", "-rcE", FORM, str(folder)]
    ours, others = zip(
        *((time_ours(folder, planted), time_command(grep)) for _ in range(ROUNDS)), strict=True
    )
    part = folder / "part"
    part.mkdir()
    for path in sorted(folder.glob("*.ipynb"))[:: COUNT // 20]:
        shutil.move(path, part)
    tenth = sum(path.stat().st_size for path in part.iterdir()) / 1e6
    secrets = time_command([peer(), "scan", "--all-files", str(part)]) * megabytes / tenth
    took = min(ours)
    return [
        Figure(f"scan of {COUNT} notebooks, {megabytes:.0f} MB, {len(planted)} keys found", took, 5, "s"),
        Figure("grep with the form of a key, in the C locale", min(others), None, "s"),
        Figure(f"detect-secrets 1.5.0, from {tenth:.0f} MB of them", secrets, None, "s"),
        Figure("times as long as grep", took / min(others), None, ""),
        Figure("times as fast as detect-secrets", secrets / took, None, ""),
    ]


def main() -> int:
    """Make the notebooks, measure, and print the table."""
    print(describe_machine(("click",)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        show(measure(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
