"""Back to the start, for the administrator; the real portal has nothing like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.replies import Refusal, not_permitted

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


async def reset(call: Call) -> dict[str, Any]:
    """`practice/reset`: content, keys, tokens and faults as they were at the start; the caller's token stays.

    Only a POST with the token in a header or in the form does it: no link and no page of another origin can.

    Raises:
        Refusal: 405 for another method, 403 for a token in the address and for all but the administrator.
    """
    if call.request.method != "POST":
        raise Refusal(405, "Only POST puts the practice portal back to its start.", status=405)
    if call.person().role != "org_admin" or call.carried is None or call.carried[1] == "query":
        raise not_permitted()
    token = call.carried[0]
    await call.portal.apart(lambda: call.portal.reset(keep=token))
    return {"success": True}
