"""`make bench`: the scan of 200 notebooks of 100 MB, beside others that search files.

It fails where a planted key is not found or something else is; times never fail it. Beside it: grep with the
form of a key, which tells no place, on the same notebooks; and detect-secrets, in an environment of its own
below `out/`, on twenty of them, as it looks for secrets of many kinds and takes minutes for all. How many of
the files with keys they name is told, too.
"""

from __future__ import annotations

import json
import os
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
FEW = 20
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


def time_command(command: list[str], folder: Path, dirty: set[str]) -> tuple[float, int]:
    """Seconds of another's command in a folder, and how many files with keys it names."""
    begin = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False
    )
    took = time.perf_counter() - begin
    return took, sum(Path(name).name in done.stdout for name in dirty)


def peer() -> str:
    """The command of detect-secrets, installed if it is not yet."""
    if not (PEER / "bin" / "detect-secrets").exists():
        venv.create(PEER, with_pip=True)
        install = [PEER / "bin" / "python", "-m", "pip", "install", "--quiet", "detect-secrets==1.5.0"]
        subprocess.run(install, check=True)
    return str(PEER / "bin" / "detect-secrets")


def measure(folder: Path) -> list[Figure]:
    """Ours and grep in turns on all notebooks, then ours and detect-secrets on a few."""
    planted = make_notebooks(folder, COUNT, SIZE)
    dirty = {file for file, _, _ in planted}
    rounds = [
        (time_ours(folder, planted), time_command(["grep", "-rlE", FORM, "."], folder, dirty))
        for _ in range(ROUNDS)
    ]
    ours, (grep, named) = min(one for one, _ in rounds), min(other for _, other in rounds)
    whole = _megabytes(folder)
    for path in sorted(folder.iterdir())[FEW:]:
        path.unlink()
    few = {name for name in dirty if Path(name).exists()}
    ours_few = time_ours(folder, [one for one in planted if one[0] in few])
    secrets, named_few = time_command([peer(), "scan", "--all-files", "."], folder, few)
    return [
        Figure(f"scan of {COUNT} notebooks, {whole:.0f} MB: {len(planted)} keys found", ours, 5, "s"),
        Figure(f"grep: names {named} of {len(dirty)} files with keys", grep, None, "s"),
        Figure("times as long as grep", ours / grep, None, ""),
        Figure(f"scan of {FEW} of them, {_megabytes(folder):.0f} MB", ours_few, None, "s"),
        Figure(f"detect-secrets 1.5.0: names {named_few} of {len(few)} files with keys", secrets, None, "s"),
        Figure("times as fast as detect-secrets", secrets / ours_few, None, ""),
    ]


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def main() -> int:
    """Make the notebooks, measure, and print the table."""
    print(describe_machine(("click",)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        show(measure(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
