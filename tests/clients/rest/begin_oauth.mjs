// The first half of a browser's OAuth sign-in with PKCE: the address to send the person to.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { makeWindow } from "./browser_window.mjs";
import { answer } from "./script.mjs";

await answer(async ({ rest, clientId, redirectUri, pkce = true }) => {
  // One function asks for the global one all the same; it is no browser to `request`, having no document.
  const window = makeWindow(redirectUri);
  globalThis.window = window;
  await ArcGISIdentityManager.beginOAuth2(
    { portal: rest, clientId, redirectUri, pkce, popup: false },
    window,
  );
  return { address: window.location.href, storage: window.localStorage.entries() };
});
