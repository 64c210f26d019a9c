"""From an error to the place in the form where it is said."""

from __future__ import annotations

import pytest

from arcgis_keywidget.errors import FieldError, SignInError
from arcgis_keywidget.form.alerts import explain, field_error


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
    """A bad file of certificates, named by the environment, has no field: it is said above the form."""
    error = FieldError("verify", "SSL_CERT_FILE cannot be read as certificates.")
    assert field_error(error, "password") is None
    assert explain(error).title == "SSL_CERT_FILE cannot be read as certificates."
