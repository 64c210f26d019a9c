"""Each request of making a key meets each fault."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from itertools import count

import httpx
import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget.errors import KeyWidgetError, LeftBehindError, PortalUnreachableError, UndoneError
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import serve

STEPS = {
    "createFolder": "folder",
    "addItem": "item",
    "registerApp": "register",
    "update": "expiry",
    "token": "token",
}
KINDS = ("error=400", "error=500", "http=503", "html", "half", "slow=3", "drop-before", "drop-after")
KEPT = {("token", "half"), ("token", "drop-after")}  # the work was done: the key is fetched again
TITLE = "A key"
NUMBERS = count(1)
TILES = "premium:user:staticbasemaptiles"


@pytest.fixture
def request_():
    """A key in a new folder; one portal serves the whole run."""
    return KeyRequest(TITLE, privileges=("premium:user:basemaps", TILES), folder=f"Folder {next(NUMBERS)}")


def ids(served) -> set[str]:
    """The ids of all items of the first user."""
    return {item["id"] for item in served.portal.items_of("ada")}


def add_stranger(served, client, folder: str) -> str:
    """Put an item of the same title into the folder, as another run at the same time would."""
    me = f"{served.rest}/content/users/ada"
    headers = {"X-Esri-Authorization": f"Bearer {client._rest.token.reveal()}", "Referer": client.url}
    folders = httpx.get(me, params={"f": "json"}, headers=headers).json()["folders"]
    place = next(one["id"] for one in folders if one["title"] == folder)
    form = {"f": "json", "title": TITLE, "type": "Application", "typeKeywords": "akw-of-another-run"}
    return httpx.post(f"{me}/{place}/addItem", data=form, headers=headers).json()["id"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", STEPS)
async def test_nothing_is_lost_and_nothing_left_behind(
    served, client, request_, words_of, operation, kind
) -> None:
    """One clear error or the key; no orphan; a stranger's item stays; the same call works afterwards."""
    before, strangers, secrets = ids(served), set(), {served.portal.users[0].password}
    secrets.add(client._rest.token.reveal())

    def watch(step) -> None:
        if (step.name, step.state) == ("folder", "done"):
            strangers.add(add_stranger(served, client, request_.folder))
            served.portal.fail(f"{operation}:{kind}")
        if (step.name, step.state) == ("register", "done"):
            secrets.update(row[0] for row in served.portal.store.rows("SELECT client_secret FROM apps"))

    if operation == "createFolder":
        served.portal.fail(f"{operation}:{kind}")
    made, error = set(), None
    try:
        credential = await client.create_key(request_, on_step=watch)
        made = {credential.item_id}
    except KeyWidgetError as caught:
        error = caught
    assert (error is None) == ((operation, kind) in KEPT)
    assert len(strangers) == (operation != "createFolder")
    assert ids(served) == before | strangers | made
    if error is not None:
        assert error.title
        assert not any(secret in words_of(error) for secret in secrets)
        assert not isinstance(error, LeftBehindError)
    served.portal.heal()
    again = await client.create_key(request_)
    assert again.key
    assert again.folder == request_.folder


@pytest.mark.parametrize("last", ["drop-before", "drop-after"])
@pytest.mark.parametrize("operation", STEPS)
async def test_a_portal_that_dies_leaves_a_named_item(served, client, request_, operation, last) -> None:
    """When the portal is gone for good, the error names what remains, or that something may."""
    before = ids(served)
    served.portal.fail(f"{operation}:{last}")
    for other in (*STEPS, "content", "delete", "registeredAppInfo"):
        if list(STEPS).index(operation) < list(STEPS).index(other) if other in STEPS else True:
            served.portal.fail(f"{other}:drop-before*0")
    with pytest.raises(KeyWidgetError) as caught:
        await client.create_key(request_)
    served.portal.heal()
    left = ids(served) - before
    if operation == "createFolder":
        assert isinstance(caught.value, UndoneError)
        assert "may remain" in caught.value.hint
        assert not left
        return
    assert isinstance(caught.value, LeftBehindError)
    if operation == "addItem":
        assert caught.value.items == ()
        assert TITLE in caught.value.hint
    else:
        assert set(caught.value.items) == left
        assert caught.value.items[0] in caught.value.hint
    assert (await client.create_key(request_)).key


async def test_a_request_that_never_left_leaves_nothing_to_undo() -> None:
    """When nobody listens any more, the first error itself is raised."""
    with serve() as running:
        user = running.portal.users[0]
        portal = await Portal(running.url).__aenter__()
        await portal.sign_in(user.username, user.password)
    with pytest.raises(PortalUnreachableError, match=r"127\.0\.0\.1 cannot be reached") as caught:
        await portal.create_key(KeyRequest(TITLE))
    assert caught.value.sent is False
    await portal.aclose()


async def test_a_lost_folder_reply_says_that_the_folder_may_remain(served, client, request_) -> None:
    """A folder is never deleted, so the error tells about it."""
    served.portal.fail("createFolder:drop-after")
    with pytest.raises(UndoneError, match=f"'{request_.folder}' may remain"):
        await client.create_key(request_)
    assert request_.folder in {folder.title for folder in await client.folders()}


async def test_a_refused_item_says_that_the_folder_remains(served, client, request_) -> None:
    """The error names the new, empty folder."""
    served.portal.fail("addItem:error=400")
    with pytest.raises(UndoneError, match=f"'{request_.folder}' remains, empty") as caught:
        await client.create_key(request_)
    assert caught.value.cause.code == 400


@pytest.mark.parametrize("operation", STEPS)
async def test_a_cancel_at_each_step_is_undone(served, client, request_, operation) -> None:
    """Cancelled while a request is under way, and again during the undo: cancelled, and nothing is left."""
    before, news = ids(served), {state: asyncio.Event() for state in ("started", "failed")}

    def watch(step) -> None:
        if step.name == STEPS[operation] and step.state in news:
            news[step.state].set()

    for spec in (f"{operation}:slow=1", "content:slow=0.3", "delete:slow=0.3"):
        served.portal.fail(spec)
    task = asyncio.ensure_future(client.create_key(request_, on_step=watch))
    for happened in news.values():
        await happened.wait()
        await asyncio.sleep(0.1)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    served.portal.heal()
    await asyncio.sleep(1)  # the portal does the late work all the same
    assert ids(served) == before
    assert (await client.create_key(request_)).key


async def test_a_cancel_that_cannot_be_undone_names_the_item(served, client, request_) -> None:
    """Cancelled on a portal that answers no longer: the error names the item instead of hiding it."""
    before = ids(served)
    served.portal.fail("registerApp:slow=20")
    served.portal.fail("delete:drop-before*0")
    started = asyncio.Event()

    def watch(news) -> None:
        if (news.name, news.state) == ("register", "started"):
            started.set()

    task = asyncio.ensure_future(client.create_key(request_, on_step=watch))
    await started.wait()
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(LeftBehindError) as caught:
        await task
    assert set(caught.value.items) == ids(served) - before


def test_ctrl_c_in_the_blocking_face_is_undone(served, request_) -> None:
    """The interrupt comes through only when nothing is left behind; the next call works."""
    user, before = served.portal.users[0], ids(served)
    with Portal.connect(served.url) as portal:
        portal.sign_in(user.username, user.password)
        served.portal.fail("registerApp:slow=20")

        def watch(news) -> None:
            if (news.name, news.state) == ("register", "started"):
                threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()

        with pytest.raises(KeyboardInterrupt):
            portal.create_key(request_, on_step=watch)
        assert ids(served) == before
        assert portal.create_key(request_).key


async def test_a_broken_callback_is_undone_too(served, client, request_) -> None:
    """What the caller's function raises comes through, after the undo."""
    before = ids(served)

    def watch(news) -> None:
        if news.name == "register":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await client.create_key(request_, on_step=watch)
    assert ids(served) == before


async def test_the_undo_reports_its_steps(served, client, request_) -> None:
    """A failed run tells what was done, what failed and what was undone, in order."""
    served.portal.fail("update:error=500")
    states = []
    with pytest.raises(UndoneError):
        await client.create_key(request_, on_step=lambda news: states.append((news.name, news.state)))
    assert states[-4:] == [
        ("expiry", "started"),
        ("expiry", "failed"),
        ("register", "undone"),
        ("item", "undone"),
    ]


async def test_a_regenerated_key_works_and_the_lost_one_does_not_linger(served, client, request_) -> None:
    """After a lost reply the slot is looked at and generated again: two requests more, one live key."""
    served.portal.fail("token:drop-after")
    seen = len(served.portal.requests)
    credential = await client.create_key(request_)
    paths = [entry["path"].rpartition("/")[2] for entry in served.portal.requests[seen:]]
    assert paths[-3:] == ["token", "registeredAppInfo", "token"]
    headers = {"X-Esri-Authorization": f"Bearer {credential.key}"}
    async with httpx.AsyncClient(headers=headers) as http:
        reply = await http.get(f"{served.rest}/portals/self", params={"f": "json"})
    assert reply.json()["appInfo"]["itemId"] == credential.item_id
