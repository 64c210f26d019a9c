// The first half of a browser's OAuth sign-in with PKCE: the address to send the person to.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { makeWindow } from "./browser_window.mjs";
import { answer } from "./script.mjs";

await answer(async ({ rest, clientId, redirectUri, pkce = true }) => {
  const window = makeWindow(redirectUri);
  await ArcGISIdentityManager.beginOAuth2({ portal: rest, clientId, redirectUri, pkce, popup: false }, window);
  return { address: window.location.href, storage: window.localStorage.entries() };
});
