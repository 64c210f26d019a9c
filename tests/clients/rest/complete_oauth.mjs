// The second half: from the address that the person came back to, to a session; then its whole life.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { makeWindow } from "./browser_window.mjs";
import { answer, refusal } from "./script.mjs";

await answer(async ({ rest, clientId, redirectUri, address, storage, pkce = true }) => {
  const options = { portal: rest, clientId, redirectUri, pkce, popup: false };
  const complete = () => ArcGISIdentityManager.completeOAuth2(options, makeWindow(address, storage));
  const session = await complete();
  const signedIn = { username: session.username, ...(await whoIs(session)) };
  if (!pkce) {
    return { signedIn, minutes: minutesUntil(session.tokenExpires) };
  }
  const [token, refreshToken] = [session.token, session.refreshToken];
  const lives = {
    token: minutesUntil(session.tokenExpires),
    refresh: minutesUntil(session.refreshTokenExpires),
  };
  await session.refreshCredentials();
  const refreshed = { token: session.token !== token, refresh: session.refreshToken !== refreshToken };
  await session.exchangeRefreshToken();
  const exchanged = { refresh: session.refreshToken !== refreshToken, ...(await whoIs(session)) };
  const ended = await session.signOut();
  const after = await refusal(session.refreshCredentials());
  const twice = await refusal(complete());
  return { signedIn, lives, refreshed, exchanged, ended, after, twice };
});

async function whoIs(session) {
  session.clearCachedUserInfo();
  const user = await session.getUser();
  return { user: user.username };
}

function minutesUntil(date) {
  return Math.round((date - Date.now()) / 60_000);
}
