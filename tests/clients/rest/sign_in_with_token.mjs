// A token that was made elsewhere; with a password beside it the client can make a new one.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";

await answer(async ({ rest, token, withPassword, username, password }) => {
  const known = { portal: rest, token, tokenExpires: new Date(Date.now() + 3_600_000) };
  if (!withPassword) {
    const entered = ArcGISIdentityManager.fromToken(known);
    return entered.then(
      (session) => ({ username: session.username, canRefresh: session.canRefresh }),
      () => refusal(entered),
    );
  }
  const session = new ArcGISIdentityManager({ ...known, username, password });
  const user = await session.getUser();
  return { username: user.username, renewed: session.token !== token };
});
