// Sign in with a password; ask who and where one is.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { answer } from "./script.mjs";

await answer(async ({ rest, username, password }) => {
  const session = await ArcGISIdentityManager.signIn({ portal: rest, username, password });
  const [user, again] = [await session.getUser(), await session.getUser()];
  const portal = await session.getPortal();
  return {
    username: session.username,
    user,
    cached: user === again,
    portal: { name: portal.name, isPortal: portal.isPortal, user: portal.user.username },
    minutes: Math.round((session.tokenExpires - Date.now()) / 60_000),
    canRefresh: session.canRefresh,
  };
});
