"""From an error to the place in the form where it is said."""

from __future__ import annotations

import pytest

from arcgis_keywidget.errors import (
    FieldError,
    PortalUnreachableError,
    SignInError,
    UndoneError,
    WayRefusedError,
)
from arcgis_keywidget.form.alerts import explain, field_error
from arcgis_keywidget.form.remedies import remedy
from arcgis_keywidget.models import SIGN_IN_METHODS


@pytest.mark.parametrize(
    ("error", "method", "field"),
    [
        (FieldError("title", "Too long."), None, "title"),
        (FieldError("expires", "Too late."), None, "days"),
        (FieldError("items", "Not there."), None, "items"),
        (SignInError("No.", "Check both."), "password", "password"),
        (SignInError("No.", "Check it."), "token", "token"),
    ],
)
def test_an_error_is_said_at_its_field(error: Exception, method: str | None, field: str) -> None:
    """Arguments of the client have fields of the form; a refused sign-in belongs to its secret."""
    assert field_error(error, method).field == field


def test_an_error_without_a_field_in_the_form_is_an_alert() -> None:
    """An argument of the call, such as the GIS, has no field: it is said above the form."""
    error = FieldError("gis", "Nobody is signed in to this GIS.")
    assert field_error(error, "password") is None
    assert explain(error).title == "Nobody is signed in to this GIS."


def test_an_untrusted_certificate_is_said_where_a_file_can_be_named() -> None:
    """While signing in; later there is no such field. Any other trouble of the network is an alert."""
    error = PortalUnreachableError("Not trusted.", "Name it in SSL_CERT_FILE.", reason="certificate")
    at_field = field_error(error, "token")
    assert (at_field.field, at_field.message.startswith("Not trusted. If it is your")) == ("ca_file", True)
    assert field_error(error) is None
    assert field_error(PortalUnreachableError("Late.", reason="timeout"), "token") is None


@pytest.mark.parametrize(
    ("method", "offered", "draft"),
    [
        ("password", SIGN_IN_METHODS, None),
        ("key", SIGN_IN_METHODS, {"method": "token"}),
        ("key", ("key", "browser"), None),
        ("browser", SIGN_IN_METHODS, None),
    ],
)
def test_a_refused_sign_in_leads_to_a_way_that_is_offered(method, offered, draft) -> None:
    """No button leads where an administrator lets nobody go."""
    alert = remedy(SignInError("No."), method, offered)
    assert (alert and dict(alert.actions[0].draft)) == draft


def test_a_way_that_makes_no_keys_leads_out() -> None:
    """Undone or not, the alert says what the portal said, and each way out signs out first."""
    refused = WayRefusedError("No keys for this.", "Another way will do.")
    for error in (refused, UndoneError("No keys for this.", "All undone.", cause=refused)):
        alert = remedy(error, None, SIGN_IN_METHODS)
        assert (alert.tone, alert.title) == ("bad", "No keys for this.")
        assert [action.kind for action in alert.actions] == ["sign-out", "sign-out"]
    assert remedy(refused, None, ("browser",)).actions == ()
