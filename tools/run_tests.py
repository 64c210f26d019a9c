"""Every test but the matrix, in three lanes side by side: the browser's, the portal's, all others."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# The last one goes to another lane, so that all take about as long.
BROWSER, LAST = "tests/browser", "tests/browser/maps"
PORTAL = ("tests/clients", "tests/faults", "tests/portal", "tests/practice", "tests/services")
PYTEST = [sys.executable, "-m", "pytest"]
NOTHING_COLLECTED = 5
# The others give way to the browser, whose conditions are awaited in real time.
GENTLE = ["nice", *PYTEST, "-p", "no:cacheprovider"]
FIRST = [*PYTEST, BROWSER, f"--ignore={LAST}"]
OTHERS = (
    ([*GENTLE, *PORTAL], [*PYTEST, LAST, "-p", "no:cacheprovider"]),
    ([*GENTLE, *(f"--ignore={folder}" for folder in (BROWSER, *PORTAL))],),
)


def main(arguments: list[str]) -> int:
    """Run the tests, or those that arguments of pytest choose, in one process; return the exit status."""
    if arguments:
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    with ThreadPoolExecutor() as lanes:
        others = [lanes.submit(run_lane, commands) for commands in OTHERS]
        statuses = {subprocess.run(FIRST, check=False).returncode}
        for lane in others:
            for status, told in lane.result():
                statuses.add(status)
                sys.stdout.buffer.write(told)
    return max(statuses - {NOTHING_COLLECTED}, default=NOTHING_COLLECTED)


def run_lane(commands: tuple[list[str], ...]) -> list[tuple[int, bytes]]:
    """Run commands one after the other; return each one's exit status and output."""
    done = [
        subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for command in commands
    ]
    return [(one.returncode, one.stdout) for one in done]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
