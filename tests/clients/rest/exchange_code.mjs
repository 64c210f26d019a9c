// A server's OAuth sign-in: a code without PKCE, then refresh.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";

await answer(async ({ rest, clientId, redirectUri, code }) => {
  const exchange = () =>
    ArcGISIdentityManager.exchangeAuthorizationCode({ portal: rest, clientId, redirectUri }, code);
  const session = await exchange();
  const { token } = session;
  await session.refreshCredentials();
  const user = await session.getUser();
  return {
    username: session.username,
    user: user.username,
    renewed: session.token !== token,
    twice: await refusal(exchange()),
  };
});
