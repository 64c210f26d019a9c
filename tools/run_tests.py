"""Every test but the matrix, in two lanes side by side: the browser's; the others, then the rest of it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# The last one goes to the second lane, so that both take about as long.
BROWSER, LAST = "tests/browser", "tests/browser/maps/test_map.py"
PYTEST = [sys.executable, "-m", "pytest"]
NOTHING_COLLECTED = 5
FIRST = [*PYTEST, BROWSER, f"--ignore={LAST}"]
SECOND = (
    # These give way to the browser, whose conditions are awaited in real time.
    ["nice", *PYTEST, f"--ignore={BROWSER}", "-p", "no:cacheprovider"],
    [*PYTEST, LAST, "-p", "no:cacheprovider"],
)


def main(arguments: list[str]) -> int:
    """Run the tests, or those that arguments of pytest choose, in one process; return the exit status."""
    if arguments:
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    with ThreadPoolExecutor() as lane:
        second = lane.submit(run_second)
        statuses = {subprocess.run(FIRST, check=False).returncode}
        for status, told in second.result():
            statuses.add(status)
            sys.stdout.buffer.write(told)
    return max(statuses - {NOTHING_COLLECTED}, default=NOTHING_COLLECTED)


def run_second() -> list[tuple[int, bytes]]:
    """Run what the second lane has, one after the other; return each one's exit status and output."""
    done = [
        subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for command in SECOND
    ]
    return [(one.returncode, one.stdout) for one in done]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
