// A server without a person: the app's own token, by its secret.

import { getSelf } from "@esri/arcgis-rest-portal";
import { ApplicationCredentialsManager } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";

await answer(async ({ rest, clientId, clientSecret }) => {
  const app = new ApplicationCredentialsManager({ portal: rest, clientId, clientSecret, duration: 60 });
  const self = await getSelf({ authentication: app });
  const wrong = new ApplicationCredentialsManager({ portal: rest, clientId, clientSecret: "not the one" });
  return {
    appInfo: self.appInfo,
    user: self.user,
    minutes: Math.round((app.expires - Date.now()) / 60_000),
    wrong: await refusal(wrong.getToken(rest)),
  };
});
