"""What the portal answers below `/sharing`."""

from __future__ import annotations

from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import FOLDER, ITEM, REST, USER
from arcgis_keywidget.practice.people import ORG_ID
from arcgis_keywidget.practice.sharing import (
    administration,
    app,
    apps,
    content,
    folders,
    item_actions,
    organization,
    search,
)

_APP = f"{REST}/oauth2/apps/{{client_id}}"


def _organization(path: str) -> tuple[str, str]:
    return f"{REST}/portals/self/{path}", f"{REST}/portals/{ORG_ID}/{path}"


OPERATIONS = (
    Operation("info", organization.describe_info, "/sharing/info", f"{REST}/info"),
    Operation("root", organization.describe_root, REST),
    Operation(
        *("portals/self", organization.describe_portal),
        *(f"{REST}/portals/self", f"{REST}/accounts/self", f"{REST}/portals/{ORG_ID}"),
    ),
    Operation("community/self", organization.describe_self, f"{REST}/community/self"),
    Operation("community/users", organization.describe_member, f"{REST}/community/users/{{username}}"),
    Operation("tags", organization.list_tags, f"{REST}/community/users/{{username}}/tags"),
    Operation("roles", administration.list_roles, *_organization("roles")),
    Operation("role", administration.get_role, *_organization("roles/{role}")),
    Operation(
        *("rolePrivileges", administration.list_role_privileges),
        *_organization("roles/{role}/privileges"),
    ),
    Operation("apiTokens", administration.list_api_tokens, *_organization("apiTokens")),
    Operation("apiKeys", administration.list_api_keys, *_organization("apiKeys")),
    Operation("portaladmin", administration.describe_administration, "/portaladmin"),
    Operation("search", search.search, f"{REST}/search"),
    Operation("item", content.get_item, f"{REST}/content/items/{{item}}"),
    Operation("item", content.get_own_item, *ITEM),
    Operation("createFolder", folders.create_folder, f"{USER}/createFolder"),
    Operation("addItem", content.add_item, f"{USER}/addItem", f"{FOLDER}/addItem"),
    Operation("update", content.update_item, *(f"{path}/update" for path in ITEM)),
    *(
        Operation(name, work, *(f"{path}/{name}" for path in ITEM))
        for name, work in {
            "status": item_actions.tell_status,
            "move": item_actions.move_item,
            "protect": item_actions.protect_item,
            "unprotect": item_actions.unprotect_item,
            "canDelete": item_actions.can_delete,
            "delete": item_actions.delete_item,
        }.items()
    ),
    Operation("moveItems", item_actions.move_items, f"{USER}/moveItems"),
    Operation("deleteItems", item_actions.delete_items, f"{USER}/deleteItems"),
    Operation("updateFolder", folders.update_folder, f"{FOLDER}/updateFolder"),
    Operation("deleteFolder", folders.delete_folder, f"{FOLDER}/delete"),
    Operation("registeredAppInfo", apps.registered_app_info, *(f"{path}/registeredAppInfo" for path in ITEM)),
    Operation("content", folders.list_content, USER, FOLDER),
    Operation("registerApp", apps.register_app, f"{REST}/oauth2/registerApp"),
    Operation("apps", app.get_app, _APP),
    Operation("updateApp", app.update_app, f"{_APP}/update"),
    Operation("unregister", app.unregister_app, f"{_APP}/unregister"),
    Operation("validateApiKey", app.validate_api_key, f"{REST}/oauth2/validateApiKey"),
    Operation("resetApiKey", app.reset_api_key, f"{_APP}/resetApiKey"),
)
