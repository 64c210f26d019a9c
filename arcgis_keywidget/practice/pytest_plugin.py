"""A pytest plugin: a practice portal for the tests of other projects. pytest finds it by itself.

    def test_my_program(practice_portal, practice_user):
        my_program(practice_portal.url, practice_user.username, practice_user.password)

    @pytest.mark.practice(account="enterprise", switches={"edits": "keep"}, faults=["addItem:drop-after"])
    def test_my_program_in_trouble(practice_portal): ...

`docs/practice.md` tells more. Nothing but pytest is imported until a test asks for a portal.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.practice.people import User
    from arcgis_keywidget.practice.server import Running

MISSING = 'The practice portal is not installed; install it: pip install "arcgis-keywidget[practice]"'
MARKER = (
    "practice(account, version, switches, faults, items, seed, latency, viewers): how the practice portal of"
    " this test differs; see arcgis_keywidget.practice.PracticePortal"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choices for a whole run."""
    group = parser.getgroup("practice portal of arcgis-keywidget")
    group.addoption(
        "--practice-account",
        metavar="KIND",
        default="location-platform",
        help="kind of account, where a test does not say: location-platform (default), online or enterprise",
    )
    group.addoption(
        "--practice-switch",
        metavar="NAME=CHOICE",
        action="append",
        default=[],
        help="what it does where the real portal is not certain, where a test does not say; may be repeated",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def practice_session(pytestconfig: pytest.Config) -> Iterator[Running]:
    """One practice portal over a real socket for the whole run, as the command line says; never put back.

    Attributes of what it yields: `url`, `rest`, `ready` (addresses, people, layer) and `portal`.
    """
    with _serve(_chosen(pytestconfig)) as running:
        yield running


@pytest.fixture
def practice_portal(request: pytest.FixtureRequest) -> Iterator[Running]:
    """A practice portal over a real socket, as it is at its start.

    It is the run's one, put back before each test; a test whose marker changes more than the faults gets one
    of its own.
    """
    options = _marked(request)
    faults = options.pop("faults", ())
    if options:
        with _serve({**_chosen(request.config), **options, "faults": faults}) as running:
            yield running
        return
    running = request.getfixturevalue("practice_session")
    running.portal.reset()
    for spec in faults:
        running.portal.fail(spec)
    yield running
    running.portal.heal()


@pytest.fixture
def practice_user(practice_portal: Running) -> User:
    """Ada, a publisher who may create keys: `username`, `password`, `role`."""
    return _user(practice_portal, "ada")


@pytest.fixture
def practice_admin(practice_portal: Running) -> User:
    """Grace, the administrator."""
    return _user(practice_portal, "grace")


@pytest.fixture
def practice_viewer(practice_portal: Running) -> User:
    """Sam, whose role may not create keys."""
    return _user(practice_portal, "sam")


def _user(running: Running, username: str) -> User:
    return next(user for user in running.portal.users if user.username == username)


def _marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the markers of a test, its class and its module say; the nearest one wins."""
    options: dict[str, Any] = {}
    for marker in request.node.iter_markers("practice"):
        if marker.args:
            raise pytest.UsageError("The marker practice takes its options by name: " + MARKER)
        options = {**marker.kwargs, **options}
    return options


def _chosen(config: pytest.Config) -> dict[str, Any]:
    switches = dict(text.partition("=")[::2] for text in config.getoption("practice_switch"))
    return {"account": config.getoption("practice_account"), "switches": switches}


@contextmanager
def _serve(options: dict[str, Any]) -> Iterator[Running]:
    try:
        from arcgis_keywidget.practice.server import serve  # noqa: PLC0415 (an extra, and heavy)
    except ModuleNotFoundError:
        pytest.fail(MISSING, pytrace=False)
    with ExitStack() as stack:
        try:
            running = stack.enter_context(serve(**options))
        except (TypeError, ValueError) as error:
            pytest.fail(f"The practice portal could not start. {error}", pytrace=False)
        yield running
