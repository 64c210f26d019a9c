"""A key is rotated while a program goes on using it: the next one takes over without a gap."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from arcgis_keywidget import KeyRequest, Portal, current_key, fetch_tile, use
from arcgis_keywidget.errors import TokenError

STREETS = "arcgis/streets"
A_SECOND = 20
STATIC = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


def ask(number: int) -> None:
    """Fetch one of 256 tiles with the session's key of that moment."""
    fetch_tile(STREETS, 4, number % 16, number // 16 % 16, key=current_key())


def put_load(seconds: float, asked: list[int]) -> list[BaseException]:
    """Ask for 20 tiles a second, whether the last ones came or not; return what went wrong."""
    with ThreadPoolExecutor(16) as pool:
        futures, begin = [], time.monotonic()
        for number in range(int(seconds * A_SECOND)):
            time.sleep(max(0.0, begin + number / A_SECOND - time.monotonic()))
            futures.append(pool.submit(ask, number))
            asked[0] = number + 1
        return [error for future in futures if (error := future.exception())]


@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.matrix)])
def test_rotation_under_load_fails_no_request(served, seconds) -> None:
    """20 tiles a second: the next key is made, put to use, and then the old one is revoked."""
    user = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        portal.sign_in(user.username, user.password)
        made = portal.create_key(KeyRequest("Rotated", privileges=STATIC))
        use(made)
        asked, errors = [0], []
        load = threading.Thread(target=lambda: errors.extend(put_load(seconds, asked)))
        load.start()
        try:
            time.sleep(seconds / 3)
            before = asked[0]
            fresh = portal.rotate(made, timedelta(days=30))
            use(fresh)
            time.sleep(seconds / 3)
            between = asked[0]
            portal.revoke(fresh, 1)
        finally:
            load.join()
        assert errors == []
        assert 0 < before < between < asked[0] == seconds * A_SECOND
        assert current_key() == fresh.key
        with pytest.raises(TokenError):
            fetch_tile(STREETS, 0, 0, 0, key=made.key)
        portal.delete(fresh)
