"""Items by pasted ids and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import PortalUnreachableError, TokenError
from arcgis_keywidget.portal.lookup import item_id_in
from arcgis_keywidget.practice import PracticePortal

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = "http://127.0.0.1:7443"
ID = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticePortal]:
    """A portal with 250 more items of its first user."""
    portal = PracticePortal(items=250)
    yield portal
    portal.close()


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.upper(),
        f"https://www.arcgis.com/home/item.html?id={ID}",
        f"https://gis.example.com/portal/home/item.html?id={ID}#overview",
        f"https://org.maps.arcgis.com/home/item.html?token=x&id={ID}&sublayer=0",
        f"https://www.arcgis.com/sharing/rest/content/items/{ID}?f=json",
        f"https://www.arcgis.com/sharing/rest/content/users/ada/items/{ID}",
        f"https://www.arcgis.com/apps/mapviewer/index.html?webmap={ID}",
        f"https://www.arcgis.com/home/webscene/viewer.html?webscene={ID}",
        f"https://org.maps.arcgis.com/apps/webappviewer/index.html?id={ID}",
        f"https://org.maps.arcgis.com/apps/dashboards/{ID}",
        f"https://experience.arcgis.com/experience/{ID}/page/Home",
        f"https://www.arcgis.com/apps/View/index.html?appid={ID}",
        f"www.arcgis.com/home/item.html?id={ID}",
        f"https://org.maps.arcgis.com/apps/dashboards/abc#/{ID}",
        f"https://www.arcgis.com/apps/mapviewer/index.html#webmap={ID}",
        f"https://www.arcgis.com/home/webmap/viewer.html?url=x&webmap={ID}&layers={'f' * 32}",
    ],
)
def test_the_id_in_a_text(text: str) -> None:
    """Bare, or in the addresses of item pages, REST, viewers and applications."""
    assert item_id_in(text) == ID


@pytest.mark.parametrize("text", ["", "capitals", ID[:-1], f"{ID}0", f"https://a.org/?id={ID}0", "https://a"])
def test_no_id_in_a_text(text: str) -> None:
    """Shorter, longer, or none."""
    assert item_id_in(text) is None


async def test_many_at_once(practice: PracticePortal, portal: Portal) -> None:
    """In the order of the text, whatever stands between; an item that is named again counts once."""
    ids = [item["id"] for item in practice.items_of("ada")][:40]
    page = f"https://www.arcgis.com/home/item.html?id={ids[0]}"
    between = (" ", "\n", ",", ";\t", ", ")
    text = "".join(f"{item}{between[number % 5]}" for number, item in enumerate(reversed(ids)))
    sent = len(practice.requests)
    lookup = await portal.find_items(f"<{text}> {page}")
    assert [item.id for item in lookup.items] == ids[::-1]
    assert lookup.problems == (f"'{page.partition('?')[0]}' names an item that stands here already.",)
    assert len(practice.requests) - sent == len(ids) + 1


async def test_the_same_text_again_is_asked_once(practice: PracticePortal, portal: Portal) -> None:
    """Named twice, letter by letter: one request, one item, one sentence."""
    sent = len(practice.requests)
    lookup = await portal.find_items(f"{practice.layer} {practice.layer}")
    assert (len(lookup.items), len(lookup.problems)) == (1, 1)
    assert len(practice.requests) - sent == 1


async def test_more_than_a_key_opens(practice: PracticePortal, portal: Portal) -> None:
    """The first hundred are looked up, and that is said."""
    ids = [item["id"] for item in practice.items_of("ada")][:130]
    lookup = await portal.find_items("\n".join(ids))
    assert [item.id for item in lookup.items] == ids[:100]
    assert lookup.problems == ("Only the first 100 of 130 were looked up; a key opens no more.",)


async def test_what_is_wrong_is_said_of_each(practice: PracticePortal, transport) -> None:
    """No id, no such item, another's private item, a service elsewhere; a token in an address is not told."""
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in("sam", practice.users[2].password)
        lookup = await portal.find_items(
            f"capitals {ID} {practice.layer}\n"
            "https://evil.example/arcgis/rest/services/A/FeatureServer/0?token=secret\n"
            f"https://evil.example/?token=secret {'x' * 500}"
        )
    assert lookup.items == ()
    problems = iter(lookup.problems)
    assert next(problems) == "'capitals' holds no item id; an id has 32 hexadecimal digits."
    assert next(problems) == f"'{ID}' does not exist, or is not visible to you."
    assert next(problems) == f"'{practice.layer}' does not exist, or is not visible to you."
    assert "evil.example" in (refused := next(problems))
    assert "may not see your session" in refused
    assert "holds no item id" in next(problems)
    assert len(next(problems)) < 200
    assert "secret" not in " ".join(lookup.problems)


SERVICE = "rest/services/A/FeatureServer"


@pytest.mark.parametrize(
    "text",
    [
        f"https://[x/{SERVICE}",
        f"https://a\uff0fb/{SERVICE}",
        f"https://gis.example.com:99999/{SERVICE}",
        f"https://gis.example.com\\@127.0.0.1:7443/{SERVICE}",
        f"https://127.0.0.1:7443@evil.example/{SERVICE}",
        f"https://evil.example/{ADDRESS}/{SERVICE}",
        f"http://127.0.0.1:7444/{SERVICE}",
        f"http://127.0.0.1:7443.evil.example/{SERVICE}",
        f"http://127.0.0.1%2f.evil.example:7443/{SERVICE}",
        f"https://{'a' * 5000}/{SERVICE}",
    ],
    ids=lambda text: text[:40],
)
async def test_no_way_of_writing_an_address_leads_the_session_elsewhere(practice, portal, text: str) -> None:
    """Half an address, or one that reads like the portal's: nothing is sent, and it is told shortly."""
    sent = len(practice.requests)
    lookup = await portal.find_items(text)
    assert lookup.items == ()
    assert len(lookup.problems) == 1
    assert len(lookup.problems[0]) < 350
    assert len(practice.requests) == sent


async def test_what_may_be_secret_in_an_address_is_not_repeated(portal: Portal) -> None:
    """A query, the fragment that an OAuth answer comes in, a password before the host."""
    lookup = await portal.find_items(
        "https://a.example/#access_token=secret https://ada:secret@a.example/x "
        "https://a.example/?token=secret "
        f"https://ada:secret@a.example/{SERVICE}"
    )
    assert len(lookup.problems) == 4
    assert "secret" not in " ".join(lookup.problems)
    assert all("a.example" in problem for problem in lookup.problems)


@pytest.mark.parametrize("end", ["", "/0", "/0?token=abc&f=pjson", "/0/query?where=1=1"])
async def test_a_service_tells_its_item(practice: PracticePortal, portal: Portal, end: str) -> None:
    """Of a service or one of its layers; the query that came along is not sent."""
    url = f"{ADDRESS}/server/rest/services/Hosted/{practice.table.name}/FeatureServer"
    known = next(item for item in practice.items_of("ada") if item["id"] == practice.layer)
    assert url.endswith(known["url"]) or known["url"] in url
    sent = len(practice.requests)
    lookup = await portal.find_items(url + end)
    assert [item.id for item in lookup.items] == [practice.layer]
    assert [entry["query"] for entry in practice.requests[sent:]] == [["f"], ["f"]]


async def test_a_service_that_cannot_be_seen(practice: PracticePortal, transport) -> None:
    """Another's private service, and one that is not there."""
    url = f"{ADDRESS}/server/rest/services/Hosted"
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in("sam", practice.users[2].password)
        lookup = await portal.find_items(
            f"{url}/{practice.table.name}/FeatureServer {url}/Nowhere/FeatureServer"
        )
    assert lookup.items == ()
    assert "does not accept your session" in lookup.problems[0]
    assert "does not answer as a service" in lookup.problems[1]


async def test_an_id_in_the_name_of_a_service_is_another_item_s(practice, portal: Portal) -> None:
    """A survey's layers are named after the survey: only the service itself says what its item is."""
    url = f"{ADDRESS}/server/rest/services/Hosted/survey_{practice.layer}/FeatureServer"
    lookup = await portal.find_items(f"{url} {url}/0")
    assert lookup.items == ()
    assert all("does not answer as a service" in problem for problem in lookup.problems)


async def test_a_session_that_ended_is_no_problem_of_an_item(
    practice: PracticePortal, portal: Portal
) -> None:
    """It is raised, and so is a portal that does not answer: the items may be fine."""
    practice.fail("item:error=498")
    with pytest.raises(TokenError):
        await portal.find_items(practice.layer)
    practice.heal()
    portal._client._transport = httpx.MockTransport(_refuse)
    await portal._client.aclose()
    with pytest.raises(PortalUnreachableError):
        await portal.find_items(practice.layer)


def _refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)
