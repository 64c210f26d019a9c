// How the portal refuses: unknown and hidden items, other people's things, no token, a bad form, no such page.

import {
  createFolder,
  createItem,
  getItem,
  removeItem,
  searchItems,
  updateItem,
} from "@esri/arcgis-rest-portal";
import { request } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const { rest, theirs } = given;
  const nobody = { portal: rest };
  return {
    unknown: await refusal(getItem("0".repeat(32), { authentication })),
    hidden: await refusal(getItem(theirs, { authentication })),
    "hidden, to remove": await refusal(removeItem({ id: theirs, owner: "ada", authentication })),
    "hidden, to change": await refusal(
      updateItem({ item: { id: theirs, title: "Mine" }, owner: "ada", authentication }),
    ),
    "another's content": await refusal(createFolder({ title: "Mine", owner: "ada", authentication })),
    "no token": await refusal(request(`${rest}/community/self`, {})),
    "bad token": await refusal(request(`${rest}/community/self`, { authentication: "AAPTnothing" })),
    "no title": await refusal(createItem({ item: { title: "", type: "Application" }, authentication })),
    "long title": await refusal(createFolder({ title: "x".repeat(251), authentication })),
    "no query": await refusal(searchItems({ ...nobody, q: "" })),
    "no privilege": await refusal(
      request(`${rest}/oauth2/registerApp`, {
        authentication,
        params: { itemId: given.mine, appType: "multiple", privileges: '["premium:user:basemaps"]' },
      }),
    ),
    "no such page": await refusal(request(`${rest}/content/nothing`, { authentication })),
  };
});
