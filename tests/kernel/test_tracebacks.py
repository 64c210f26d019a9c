from __future__ import annotations

import pytest

from tests.leaks.search import find

pytestmark = pytest.mark.kernel

WRONG = "canary-Passwort-4711"
TOKEN = "canary-token-aB3-xyz-0123456789"
KEY = "AAPTpracticeCanary" + "q7" * 60 + ".AT1_abcdefgh"

PAGE = "portal.begin_code_sign_in('abc')"
GIS = "Thing(url={url}, session=Thing(auth=Thing(token=os.environ[{name!r}])))"
SETUP = """
from arcgis_keywidget import ApiKey, KeyForm
from arcgis_keywidget.models import Proxies
NOWHERE = 'http://127.0.0.1:9'
class Thing:
    def __init__(self, **held):
        self.__dict__.update(held)
%xmode Verbose
"""
CANARY_KEY = "ApiKey(os.environ['CANARY_KEY'], portal=portal.url, services=portal.account.services)"
# Each call fails inside the package; the secret is in no name and no literal of the cell itself.
CALLS = {
    "wrong password": "portal.sign_in('ada', os.environ['CANARY_PASSWORD'])",
    "wrong token": "portal.sign_in_with_token(os.environ['CANARY_TOKEN'])",
    "wrong key for a tile": f"fetch_tile('arcgis/streets', 2, 2, 1, key={CANARY_KEY})",
    "wrong key for rows": f"read_layer(os.environ['PRACTICE_LAYER'], key={CANARY_KEY})",
    "portal out of reach": "Portal.connect(NOWHERE).sign_in('ada', os.environ['CANARY_PASSWORD'])",
    "refused host": "read_layer('https://example.com/FeatureServer/0', key=os.environ['CANARY_KEY'])",
    "a page for an answer": "portal.sign_in('ada', os.environ['CANARY_PASSWORD'])",
    "dropped while creating": "portal.create_key(request)",
    "password of bytes": "portal.sign_in('ada', os.environ['CANARY_PASSWORD'].encode())",
    "password cut in half": "portal.sign_in('ada', os.environ['CANARY_PASSWORD'] + chr(0xD800))",
    "wrong code": f"portal.sign_in_with_code(os.environ['CANARY_TOKEN'], {PAGE})",
    "code with a blank": f"portal.sign_in_with_code(os.environ['CANARY_TOKEN'] + ' x', {PAGE})",
    "code from elsewhere": f"portal.sign_in_with_code('?state=x&code=' + os.environ['CANARY_TOKEN'], {PAGE})",
    "lost code": f"portal.sign_in_with_code(os.environ['CANARY_TOKEN'], {PAGE})",
    "wrong key, looked at": "portal.inspect_key(os.environ['CANARY_KEY'])",
    "key with a blank, looked at": "portal.inspect_key(os.environ['CANARY_KEY'] + ' x')",
    "key for a token": "portal.sign_in_with_token(os.environ['CANARY_KEY'])",
    "GIS with a wrong token": f"portal.sign_in_with_gis({GIS.format(url='portal.url', name='CANARY_TOKEN')})",
    "GIS of another portal": f"portal.sign_in_with_gis({GIS.format(url='NOWHERE', name='CANARY_TOKEN')})",
    "GIS with a key": f"portal.sign_in_with_gis({GIS.format(url='portal.url', name='CANARY_KEY')})",
    "key with a blank, used": "use(os.environ['CANARY_KEY'] + ' x')",
    "key with a blank, for rows": "read_layer('0' * 32, key=os.environ['CANARY_KEY'] + ' x')",
    "proxy that is none, of a form": "KeyForm(proxies={'https': os.environ['CANARY_PASSWORD']})",
    "proxy that is none": "Proxies({'https': os.environ['CANARY_PASSWORD']})",
    "address with a token": "read_layer('https://gis.example.com/?' + os.environ['CANARY_TOKEN'])",
}
FAULTS = {
    "a page for an answer": "generateToken:html",
    "dropped while creating": "registerApp:drop-before",
    "lost code": "token:drop-after",
}


@pytest.fixture
def verbose(signed_in):
    """A kernel whose tracebacks show the values of every frame."""
    for name, secret in {"CANARY_PASSWORD": WRONG, "CANARY_TOKEN": TOKEN, "CANARY_KEY": KEY}.items():
        signed_in.run(f"os.environ[{name!r}] = bytes.fromhex({secret.encode().hex()!r}).decode()")
    signed_in.run(SETUP)
    return signed_in


def test_verbose_tracebacks_hold_no_secret(verbose, portal):
    """%xmode Verbose prints the arguments of every frame of ours: none of them is a secret in the open."""
    password = portal.portal.users[0].password
    secrets = {"right password": password, "password": WRONG, "token": TOKEN, "key": KEY}
    tracebacks = {}
    for name, call in CALLS.items():
        if name in FAULTS:
            portal.portal.fail(FAULTS[name])
        tracebacks[name] = verbose.run(call).encode()
        portal.portal.heal()
    assert [name for name, text in tracebacks.items() if b"arcgis_keywidget" not in text] == []
    assert find(secrets, tracebacks) == []


def test_verbose_tracebacks_do_show_what_is_not_guarded(verbose):
    """The same search finds a secret that a frame holds as a plain text: the test above can fail."""
    verbose.run("def careless(password):\n    raise RuntimeError(len(password))")
    text = verbose.run("careless(os.environ['CANARY_PASSWORD'])")
    assert find({"password": WRONG}, {"traceback": text.encode()})
