"""Every word that the kernel's half of the form shows, in one catalogue."""

from __future__ import annotations

from types import MappingProxyType

STEPS = MappingProxyType(
    {
        "folder": "Make the folder",
        "item": "Add the item",
        "register": "Register the credential",
        "expiry": "Set the expiration date",
        "token": "Generate the key",
    }
)
"""The requests that make a key, in their order; names as `Portal.create_key` reports them."""

LIFETIMES = MappingProxyType({1: "1 day", 7: "7 days", 30: "30 days", 90: "90 days", 365: "1 year"})

PRACTICE = "Practice portal"
DEFAULT_PORTAL = "ArcGIS Online or Location Platform"

USERNAME_EMPTY = "Write your user name."
TITLE_EMPTY = "Write a title; you will find the key by it in your content."
DAYS_NO_NUMBER = "Write a whole number of days, such as 7."
ITEM_MISSING = "Choose the layer that the key shall open."
PRESET_UNKNOWN = "Your account may not grant this; choose one of the others."

CANCELLED = "Cancelled."
CANCELLED_HINT = "Nothing was left behind."
CANCELLED_FOLDER = "No key was made. If the folder '{title}' is new, it remains, empty."
SESSION_ENDED = "You are signed out."
SESSION_ENDED_HINT = "Your settings are kept; sign in again to go on."
SETTINGS_KEPT = "Your settings are kept."
FORGOTTEN = "The key is no longer in this kernel."
FORGOTTEN_HINT = "It stays valid in the portal until {ends}; delete its item there to end it sooner."
STILL_KEPT = {
    "keyring": "It stays kept in the keyring, for load().",
    ".env": "It stays kept in the .env file, for load().",
}
NOT_INJECTED = "The key was made, but it is not in a variable."
NOT_INJECTED_HINT = "Reveal or copy it here, or read it with form.key. {reason}"
CALLBACK_FAILED = "A function of yours that listens to this form failed: {error}."
CALLBACK_FAILED_HINT = "The form itself is fine; what it made is in form.credential."
BUSY = "The form is working with these settings."
BUSY_HINT = "Wait until it is done, or cancel."
NO_PRACTICE = (
    "The practice portal is not installed.",
    'Install it: pip install "arcgis-keywidget[practice]", then run this cell again.',
)
BROKEN = "Something went wrong inside the form: {error}."
BROKEN_HINT = "This is a mistake of the form, not yours; please report it. Run the cell again to go on."

NOT_UNDERSTOOD = "The form did not understand this message."
NOT_UNDERSTOOD_HINT = "Run the cell again, so that the page and the kernel are of the same version."
TOO_LONG = "This is too long: {most:,} characters at most."
NOT_CHECKED = "nothing, as the check itself failed"
NO_KEY = "There is no key to show."
NO_KEY_HINT = "Create a key first."
ENDS_HERE = "This key ends with the kernel; there would be nothing to load."
ENDS_HERE_HINT = "Make one without that box to keep it."
NO_PLACE = "Keys are kept in the keyring, or in a .env file."
NO_PLACE_HINT = "Choose one of these."
NO_TILE = "There is no such tile."
NO_TILE_HINT = "The preview asks only for tiles of its own style, within its map."

NO_MAP_HINT = "The map is drawn for a key that opens basemaps."

NO_STATIC_TILES = "This portal has no static tiles to draw a preview from; the key works all the same."
NOT_GRANTED = "This key does not open static tiles, which a preview is drawn from."
PREVIEW_STYLE = "arcgis/streets"

NO_PAGE = (
    "The page of the form is not built: {name} is missing.",
    "In a source checkout, run `npm ci && npm run build` in js/; otherwise install the package again.",
)

IN_CODE = """\
{form}
This form shows in a notebook with widgets, such as JupyterLab. Where there are none, do it in code:

    from arcgis_keywidget import KeyRequest, Portal, use

    with Portal.connect({portal}) as portal:
        portal.sign_in()  # asks for user name and password
        # Opens basemap styles, for 7 days; what else a key can open: help(KeyRequest)
        use(portal.create_key(KeyRequest()))
"""

SOME_PORTAL = '"https://your-portal.example.com"'

# The entrance: ways to sign in, and what can go wrong there.
CONFIGURED_PORTAL = "c.KeyForm.portal is left out."
CONFIGURED_PERSONAL = "Only a private application may hold some of its privileges."
CONFIGURED_PRESET = "The preset '{name}' of c.KeyForm.presets is left out."
CONFIGURED_PORTALS = "The portal '{title}' of c.KeyForm.portals is left out."
MISCONFIGURED = "Some settings of this form cannot be right, and are left out."
SECRET_EMPTY = MappingProxyType(
    {
        "browser": "Paste the code that the portal's page shows.",
        "password": "Write your password.",
        "token": "Paste a token.",
        "key": "Paste a key, or choose a variable that holds one.",
    }
)
PRACTICE_BY_ITSELF = "The practice portal has a button of its own, which signs you in as well."
NO_VISIT = "Open the portal's sign-in page from here first: a code belongs to the page that showed it."
NO_CA_FILE = "There is no file {name} on the machine of the kernel; write the path of a file in PEM form."
CA_FILE_HINT = (
    "If it is your organization's own, or a proxy's, write the path of its authority's file here (PEM, on "
    "the machine of the kernel)."
)
NOT_INJECTED_BROUGHT = "The key is good, but it is not in a variable."
NO_VARIABLE = "This variable of the kernel holds no key any more; choose another, or paste the key."
NOT_OFFERED = "This form does not offer this way to sign in."
NOT_OFFERED_HINT = "An administrator has chosen the ways in c.KeyForm.methods; take one of those."
SIGNED_OUT = "You are signed out."
SIGNED_OUT_HINT = MappingProxyType(
    {
        "browser": "The portal is asked to end the session, too; your settings are kept.",
        "password": "The form has forgotten the session; the portal ends its token by itself, within hours. "
        "Your settings are kept.",
        "token": "The form has forgotten the token; it stays good until its own end. Your settings are kept.",
        "gis": "The form has forgotten the session; the GIS that it came from stays signed in. Your settings "
        "are kept.",
        "": "Your settings are kept.",
    }
)
ENDED_THERE = "The portal has ended the session, too; your settings are kept."
NOT_ENDED_THERE = (
    "The form has forgotten the session, but the portal did not say that it has ended it: it may go on there "
    "for two weeks, or what your portal allows. Your settings are kept."
)
NO_LOCATION_SERVICES = (
    "ArcGIS Enterprise has no location services of its own: basemaps, geocoding or routing need a key of "
    "ArcGIS Online or Location Platform."
)
UMBRELLA_PRIVILEGES = (
    "In ArcGIS Online one privilege opens all of geocoding, and one all of routing; Location Platform has "
    "one for each service."
)
FINE_PRIVILEGES = (
    "In Location Platform every service has a privilege of its own; geocoding has one for results that are "
    "stored and one for results that are not."
)
STATIC_TILES_ELSEWHERE = "Static basemap tiles, for maps as pictures, are of Location Platform only."
NO_PERSONAL_PRIVILEGES = (
    "Keys of this portal open items only; privileges can be granted from ArcGIS Enterprise 11.5 on."
)
TO_WAYS = MappingProxyType(
    {
        "token": "Sign in with a token",
        "key": "Bring it along as a key",
    }
)
TO_WAYS_ANEW = MappingProxyType(
    {
        "password": "Sign out, and in again with user name and password",
        "key": "Sign out, and bring a key along",
    }
)
OTHER_SECRET = MappingProxyType({"key": "Is it an API key?", "token": "Is it the token of a user?"})
OTHER_SECRET_HINT = "Then take the other way, and paste it there."  # noqa: S105 (a sentence)

# The wizard: from where the key is used to what was made.


def left_over(titles: list[str]) -> str:
    """Return what to say of the keys of ended kernels."""
    if len(titles) == 1:
        return f"A key of a kernel that has ended is still in the portal: '{titles[0]}'."
    return f"{len(titles)} keys of kernels that have ended are still in the portal: {_quoted(titles)}."


LEFT_OVER_HINT = (
    "This could not be done when the kernel ended: killed, signed out, or the portal out of reach."
)
DELETE_LEFT = "Delete what was left"
LEFT_FAILED = "'{title}': {why}"
NOTHING_LEFT = "Nothing of ended kernels is left in the portal."


def left_deleted(titles: list[str]) -> str:
    """Return what was deleted."""
    return f"Deleted: {_quoted(titles)}."


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"'{title}'" for title in titles)


def left_failed(count: int) -> str:
    """Return that some could not be deleted."""
    return "1 key was not deleted." if count == 1 else f"{count} keys were not deleted."


NOT_NOTED = "This key ends with the kernel, but no note of it could be written."
NOT_NOTED_HINT = "Should the kernel be killed, delete the key yourself: no later kernel will know of it."


def count_items(count: int) -> str:
    """Return a number of items in words."""
    return "1 item" if count == 1 else f"{count:,} items"


ENDS_NO_DATE = "Write the end as a date and a time."
TAG_COMMA = "The tag '{tag}' holds a comma, which stands between tags; write two tags."
LINE = "Line {number}: "
LEFT_OUT = "Left out, as only a private application may hold it: {names}."
AND_MORE = " and {count} more"
LEFT_OUT_HINT = "Choose the private application again to have it back."
OPENS_NOTHING = "Choose at least one privilege or one item: this key would open nothing."
PRIVATE_ONLY = (
    "Only a private application may hold {names}: the key would also tell who you are. "
    "Choose the private application, or leave this out."
)
MORE_OF_THEM = "There are {count} more that cannot be granted."
LOCKED = "The code of this cell has set this; change it there."
HELD = "Some settings of this request stand otherwise for everybody here."
REQUEST_TOO_LARGE = "This request holds more than the form can show; make the key with Portal.create_key()."
OVERTAKEN = "A newer search took the place of this one."
OVERTAKEN_HINT = "Search again for this."
PRESET_FITTED = "The choice stands without it now; create the key again."
KEY_NOT_GENERATED = "This credential was made without a key."
KEY_NOT_GENERATED_HINT = "Generate the key on the page of its item in the portal."
NO_FORMER = "There is no older key to revoke."
NO_FORMER_HINT = "It was revoked already, or has ended."
