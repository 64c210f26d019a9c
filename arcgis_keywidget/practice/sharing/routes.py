"""What the portal answers below `/sharing`."""

from __future__ import annotations

from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import FOLDER, ITEM, REST, USER
from arcgis_keywidget.practice.people import ORG_ID
from arcgis_keywidget.practice.sharing import apps, content, organization, search

OPERATIONS = (
    Operation("info", organization.describe_info, "/sharing/info", f"{REST}/info"),
    Operation("root", organization.describe_root, REST),
    Operation(
        *("portals/self", organization.describe_portal),
        *(f"{REST}/portals/self", f"{REST}/accounts/self", f"{REST}/portals/{ORG_ID}"),
    ),
    Operation("community/self", organization.describe_self, f"{REST}/community/self"),
    Operation("community/users", organization.describe_member, f"{REST}/community/users/{{username}}"),
    Operation("search", search.search, f"{REST}/search"),
    Operation("item", content.get_item, f"{REST}/content/items/{{item}}"),
    Operation("item", content.get_own_item, *ITEM),
    Operation("createFolder", content.create_folder, f"{USER}/createFolder"),
    Operation("addItem", content.add_item, f"{USER}/addItem", f"{FOLDER}/addItem"),
    Operation("update", content.update_item, *(f"{path}/update" for path in ITEM)),
    Operation("delete", content.delete_item, *(f"{path}/delete" for path in ITEM)),
    Operation("registeredAppInfo", apps.registered_app_info, *(f"{path}/registeredAppInfo" for path in ITEM)),
    Operation("content", content.list_content, USER, FOLDER),
    Operation("registerApp", apps.register_app, f"{REST}/oauth2/registerApp"),
    Operation("apps", apps.get_app, f"{REST}/oauth2/apps/{{client_id}}"),
)
