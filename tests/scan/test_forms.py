"""What is a key in a text, and what only looks like one."""

from __future__ import annotations

import base64
import json
import random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.models import ApiKey, KeyRequest, Secret
from arcgis_keywidget.scan.forms import find_keys, hide_keys, may_hold_key
from tests.scan.made import make_key, make_legacy_key, picture

KEY, LEGACY = make_key(1), make_legacy_key(1)


def seen(text: str) -> list[str]:
    """The keys in a text."""
    return [found.key.reveal() for found in find_keys(text)]


@pytest.mark.parametrize("slot", [1, 2])
def test_a_key_tells_its_slot_and_nothing_more(slot):
    """It is found between other letters, and shown masked."""
    key = make_key(slot, slot)
    (found,) = find_keys(f"token={key}&f=json")
    assert (found.key.reveal(), found.slot, found.whole) == (key, slot, True)
    assert found.masked == ApiKey(key).masked
    assert key[4:40] not in repr(found)


def test_a_legacy_key_is_found():
    """It has no slot."""
    (found,) = find_keys(f'"{LEGACY}"')
    assert (found.key.reveal(), found.slot, found.masked) == (LEGACY, None, "AAPK••••")


async def test_a_key_of_a_portal_is_found(portal):
    """The form that is searched for is that of keys that are given."""
    credential = await portal.create_key(KeyRequest())
    (found,) = find_keys(f"key: {credential.key}.")
    assert (found.key, found.slot) == (Secret(credential.key), 1)


@pytest.mark.parametrize(
    "dress",
    [
        lambda key: json.dumps({"a": json.dumps({"token": key})}),
        lambda key: quote(f"https://x.test/?token={key}&f=json", safe=""),
        lambda key: quote(quote(f"\n{key}\n")),
        lambda key: "".join(f"%{ord(letter):02X}" for letter in key),
        lambda key: "".join(f"%25{ord(letter):02x}" for letter in key),
        lambda key: "".join(f"\\u{ord(letter):04x}" for letter in key),
        lambda key: "".join(f"\\x{ord(letter):02x}" for letter in key),
        lambda key: key.replace(".", "%2E").replace("_", "%5f").replace("-", "%2D"),
        lambda key: key.replace("_", "\\\\u005f"),
        lambda key: key.replace("T", "%54"),
        lambda key: f"\x1b[38;5;124m{key}\x1b[39m",
        lambda key: f"print('\\n{key}\\n')",
    ],
)
@pytest.mark.parametrize("key", [KEY, make_key(2, 2), LEGACY])
def test_escapes_hide_no_key(dress, key):
    """JSON in JSON, addresses, Python's escapes, colours."""
    text = dress(key)
    assert seen(text) == [key]
    assert may_hold_key(text.encode())


@pytest.mark.parametrize("kind", ["AAPT", "AAPK"])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_base64_in_attachments_is_looked_into(kind, shift):
    """Whatever stands before the key in what is packed."""
    packed = base64.b64encode(b"x" * shift + (KEY if kind == "AAPT" else LEGACY).encode())
    assert may_hold_key(b'{"attachments": {"a": {"text/plain": "' + packed + b'"}}}')


@pytest.mark.parametrize("cut", [60, 120, -3, -12])
def test_a_part_of_a_key_is_told_as_one(cut):
    """Cut by a table, say."""
    (found,) = find_keys(f"key = {KEY[:cut]}\n")
    assert (found.whole, found.slot, found.masked) == (False, None, "AAPT••••")


@pytest.mark.parametrize("width", [60, 80, 115, 253])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_that_is_wrapped_is_found_whole(width, end):
    """As consoles do; wherever the lines end, in the slot too."""
    text = f"key:\n{end.join(KEY[at : at + width] for at in range(0, len(KEY), width))}\nother lines\nof text"
    (found,) = find_keys(text)
    assert (found.key.reveal(), found.whole) == (KEY, True)
    assert text[found.end :] == "\nother lines\nof text"


def test_a_legacy_key_is_known_by_its_digits():
    """Its hexadecimal beginning is enough."""
    (found,) = find_keys(f"{LEGACY[:44]}...")
    assert not found.whole


@pytest.mark.parametrize(
    "text",
    [
        "A key begins with AAPT, a legacy one with AAPK.",
        "AAPTpractice… and AAPTpractice...",
        f"AAPT{'.' * 250}",
        f"AAPTpractice{'.' * 240}.AT1_12345678",
        "YOUR_API_KEY",
        f"AAPK{'x' * 96}",
        f"AAPK{'0' * 96}",
        f"AAPT{'xX0_' * 60}.AT1_xxxxxxxx",
        "AAPTthis-is-Not-a-real-Key-but-a-Placeholder-for-the-Documentation-put-Yours-here-42.AT1_abcdefgh",
        "AAPT" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" * 4 + ".AT1_abcdefgh",
        "AAPT" + "1234567890" * 24 + ".AT2_12345678",
        "AAPT2_OPTIONS_FOR_THE_ANDROID_ASSET_PACKAGING_TOOL_8_1_0_10154469_linux_x86_64",
        "AAPT••••AT1_••••",
        "AAPK••••",
        "[ArcGIS API key removed]",
    ],
)
def test_a_placeholder_is_no_key(text):
    """Prose, runs of one letter, alphabets, words, and keys that are masked already."""
    assert seen(text) == []


def test_pictures_give_no_false_alarm():
    """Every beginning is somewhere in base64; a run of letters behind it is no key."""
    chance = random.Random(7)  # noqa: S311 (made up, and the same each time)
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    for seed in range(300):
        blob = picture(seed, 300)
        at = chance.randrange(1, 200)
        start = chance.choice(["AAPT", "AAPK"])
        run = "".join(chance.choices(plain, k=60))
        assert seen(f'"{blob[:at]}{start}{run}{blob[at:]}"') == []


@given(
    seed=st.integers(0, 10_000),
    slot=st.sampled_from([1, 2]),
    size=st.integers(200, 280),
    before=st.text(max_size=20),
    after=st.text(st.characters(exclude_characters="AT12"), max_size=20),
)
def test_a_key_is_found_between_any_letters(seed, slot, size, before, after):
    """Where it begins and where it ends."""
    key = make_key(seed, slot, size)
    text = f"{before}{key}{after}"
    (found,) = find_keys(text)
    assert text[found.start : found.end] == key
    assert may_hold_key(text.encode(errors="replace"))


@given(seed=st.integers(0, 10_000))
def test_parts_and_legacy_keys_are_told_from_words(seed):
    """The measure of chance holds for all of them."""
    assert len(seen(make_legacy_key(seed))) == 1
    assert len(seen(make_key(seed)[:100])) == 1


def test_hidden_keys_leave_the_rest():
    """A text to be shown."""
    assert hide_keys(f"a {KEY} b {LEGACY} c") == f"a {ApiKey(KEY).masked} b AAPK•••• c"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "AAPT" * 50_000,
        "AAPT%41" * 5_000,
        "AAPT %41" + "\\" * 100_000,
        f"AAPT{'%25' * 100_000}%41",
        "%41" * 50_000,
    ],
)
def test_no_text_takes_long(text):
    """Runs that begin again and again, and escapes without end, are searched in linear time."""
    assert seen(text) == []


def test_escaped_letters_lead_back_to_their_places() -> None:
    """Whatever stands before, between and behind."""
    key = make_key(1)
    escaped = "".join(rf"\u{ord(sign):04x}" if place % 3 else sign for place, sign in enumerate(key))
    text = f"%41 x {escaped} %41%42 {key} %2D"
    found = [*find_keys(text)]
    assert [text[one.start : one.end] for one in found] == [escaped, key]
    assert {one.key.reveal() for one in found} == {key}


def test_a_key_below_a_cut_one_is_found_whole() -> None:
    """It is not the rest of that one, wrapped."""
    cut, whole = make_legacy_key(1)[:60], make_legacy_key(2)
    found = [*find_keys(f"{cut}\n{whole}\n")]
    assert [(one.key.reveal(), one.whole) for one in found] == [(cut, False), (whole, True)]
