"""What is wrong with a draft, field by field, and the request that it is where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.draft import PRACTICE, Draft
from arcgis_keywidget.form.names import listed, privilege_title
from arcgis_keywidget.form.rules import Rules
from arcgis_keywidget.models import KeyRequest, check_referrer
from arcgis_keywidget.models.expiry import EPHEMERAL_LIFE
from arcgis_keywidget.portal import normalise_address
from arcgis_keywidget.privileges import canonical, check_request, personal_among, presets

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from arcgis_keywidget.models import Account

_USUAL = Rules()
_TOLD = 3  # privileges that cannot be granted, of which the reasons are told


def settled_address(text: str) -> str:
    """Return an address as the portal client will write it.

    Raises:
        FieldError: no address that a token may be sent to.
    """
    return text if text == PRACTICE else normalise_address(text)


def typing_errors(draft: Draft, names: Container[str], rules: Rules = _USUAL) -> dict[str, str]:
    """Return what is wrong with the fields that were just typed; the others are let alone."""
    errors = _errors(draft, names, rules)
    if not draft.portal.strip():  # not begun yet; Sign in tells it
        errors.pop("portal", None)
    return errors


def key_errors(draft: Draft, account: Account, rules: Rules = _USUAL) -> dict[str, str]:
    """Return all that is wrong with the settings of the key, by field."""
    errors = _errors(draft, KEY_FIELDS, rules)
    chosen = {preset.id: preset for preset in presets(account, rules.presets)}.get(draft.preset)
    if draft.preset and chosen is None:
        errors["preset"] = texts.PRESET_UNKNOWN
    elif chosen and chosen.needs_item and not draft.items and draft.view == "quick":
        errors["items"] = texts.ITEM_MISSING
    elif "privileges" not in errors:
        errors |= _privilege_errors(draft, account)
    return errors


def key_request(draft: Draft) -> KeyRequest:
    """Return the settings as the portal client takes them.

    Raises:
        FieldError: a value that the portal would refuse, named by its field of the form.
    """
    return KeyRequest(
        draft.title,
        privileges=draft.privileges,
        items=tuple(item.id for item in draft.items),
        expires=_lifetime(draft),
        referrers=tuple(line for _, line in _lines(draft.referrers)),
        private=draft.private,
        folder=draft.folder.strip() or None,
        tags=draft.tags,
        summary=draft.summary,
        generate=draft.generate,
    )


def repeatable(draft: Draft) -> KeyRequest:
    """Return the settings for code that repeats them: a title that was only proposed is proposed anew.

    Raises:
        FieldError: a value that the portal would refuse.
    """
    request = key_request(draft)
    return replace(request, title=None) if draft.title == draft.proposed else request


def form_field(draft: Draft, argument: str) -> str:
    """Return the field of the form that fills an argument of `KeyRequest`."""
    if argument == "expires":
        return "ends" if draft.ends else "days"
    return argument


def _errors(draft: Draft, names: Container[str], rules: Rules) -> dict[str, str]:
    errors = {}
    for name, check in _CHECKS.items():
        try:
            if name in names:
                check(draft, rules)
        except FieldError as error:
            errors[name] = error.message
    return errors


def _privilege_errors(draft: Draft, account: Account) -> dict[str, str]:
    """Return what is wrong with the privileges for this account, and with having neither those nor items."""
    if not (draft.privileges or draft.items):
        return {"privileges": texts.OPENS_NOTHING}
    personal = () if draft.private else personal_among(draft.privileges)
    if personal:
        return {"privileges": texts.PRIVATE_ONLY.format(names=listed(personal))}
    if not account.can_create_keys:  # then nothing can be granted, which is told at the account
        return {}
    reasons = [reason for name in draft.privileges if (reason := _obstacle(name, account))]
    more = [texts.MORE_OF_THEM.format(count=len(reasons) - _TOLD)] if len(reasons) > _TOLD else []
    return {"privileges": " ".join(reasons[:_TOLD] + more)} if reasons else {}


def _obstacle(name: str, account: Account) -> str:
    """Return why an account may not grant a privilege, by its label; empty where it may."""
    try:
        check_request(account, KeyRequest(privileges=(name,), private=True))
    except FieldError as error:
        return error.message.replace(f"'{canonical(name)}'", f"'{privilege_title(name)}'")
    return ""


def _lifetime(draft: Draft) -> timedelta | date:
    """Return how long the key shall live, or its end."""
    if draft.exact is not None:
        return draft.exact
    if draft.ephemeral:  # what the fields say, which are not shown, does not matter
        return EPHEMERAL_LIFE
    return _moment(draft.ends) if draft.ends else timedelta(days=_days(draft.days, _USUAL))


def _days(value: float | str, rules: Rules) -> int:
    try:
        days = int(value if isinstance(value, int) else str(value))
    except ValueError:
        raise FieldError("days", texts.DAYS_NO_NUMBER) from None
    rules.check_days(days)
    return days


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise FieldError("ends", texts.ENDS_NO_DATE) from None
    if moment.tzinfo is None:  # whose clock it is cannot be guessed: the browser may stand elsewhere
        raise FieldError("ends", texts.ENDS_NO_DATE)
    return moment


def _check_days(draft: Draft, rules: Rules) -> None:
    if not draft.ends:
        if draft.exact is None and not draft.ephemeral:
            _days(draft.days, rules)
        _check_lifetime(_lifetime(draft), "days", rules)


def _check_ends(draft: Draft, rules: Rules) -> None:
    if draft.ends:
        _check_lifetime(_lifetime(draft), "ends", rules)


def _check_lifetime(lifetime: timedelta | date, name: str, rules: Rules) -> None:
    KeyRequest(expires=lifetime)
    rules.check_end(lifetime, name)


def _check_title(draft: Draft) -> None:
    if not draft.title.strip():
        raise FieldError("title", texts.TITLE_EMPTY)
    KeyRequest(draft.title)


def _check_summary(draft: Draft) -> None:
    KeyRequest(summary=draft.summary)


def _check_tags(draft: Draft) -> None:
    for tag in draft.tags:
        if "," in tag:
            raise FieldError("tags", texts.TAG_COMMA.format(tag=tag))
    KeyRequest(tags=draft.tags)


def _check_folder(draft: Draft) -> None:
    KeyRequest(folder=draft.folder.strip() or None)


def _check_referrers(draft: Draft) -> None:
    lines = _lines(draft.referrers)
    for number, line in lines:
        try:
            check_referrer(line)
        except FieldError as error:
            place = texts.LINE.format(number=number) if len(lines) > 1 else ""
            raise FieldError("referrers", f"{place}{error.message}") from None
    KeyRequest(referrers=tuple(line for _, line in lines))


def _check_privileges(draft: Draft) -> None:
    if draft.privileges:
        KeyRequest(privileges=draft.privileges)


def _check_items(draft: Draft) -> None:
    KeyRequest(items=tuple(item.id for item in draft.items))


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that hold something, each with its number as the person counts them."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _alone(check: Callable[[Draft], object]) -> Callable[[Draft, Rules], object]:
    """Return a check that no rule of a house changes."""
    return lambda draft, _: check(draft)


_CHECKS: dict[str, Callable[[Draft, Rules], object]] = {
    "portal": _alone(lambda draft: settled_address(draft.portal)),
    "privileges": _alone(_check_privileges),
    "items": _alone(_check_items),
    "days": _check_days,
    "ends": _check_ends,
    "referrers": _alone(_check_referrers),
    "title": _alone(_check_title),
    "summary": _alone(_check_summary),
    "tags": _alone(_check_tags),
    "folder": _alone(_check_folder),
}
KEY_FIELDS = frozenset(_CHECKS) - {"portal"}
"""The fields of a key's settings, each of which is checked by itself."""
