"""Every test but the matrix: those of the browser, which mostly wait, and at the same time all the others."""

from __future__ import annotations

import subprocess
import sys
import tempfile

BROWSER = "tests/browser"
PYTEST = [sys.executable, "-m", "pytest"]
NOTHING_COLLECTED = 5
# The others give way to the browser, whose conditions are awaited in real time.
OTHERS = ["nice", *PYTEST, f"--ignore={BROWSER}", "-p", "no:cacheprovider"]


def main(arguments: list[str]) -> int:
    """Run the tests, or those that arguments of pytest choose, in one process; return the exit status."""
    if arguments:
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    with tempfile.TemporaryFile() as told, subprocess.Popen(OTHERS, stdout=told, stderr=told) as others:
        browser = subprocess.run([*PYTEST, BROWSER], check=False).returncode
        statuses = {browser, others.wait()}
        told.seek(0)
        sys.stdout.buffer.write(told.read())
    return max(statuses - {NOTHING_COLLECTED}, default=NOTHING_COLLECTED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
