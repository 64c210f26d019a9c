// A person who does not sign in comes back to the app as well.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { makeWindow } from "./browser_window.mjs";
import { answer, refusal } from "./script.mjs";

await answer(({ rest, clientId, redirectUri, address, storage }) => {
  const options = { portal: rest, clientId, redirectUri, popup: false };
  return refusal(ArcGISIdentityManager.completeOAuth2(options, makeWindow(address, storage)));
});
