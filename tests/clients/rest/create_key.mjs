// Create a credential with one key; ask the portal what the key is.

import { getSelf } from "@esri/arcgis-rest-portal";
import { ApiKeyManager } from "@esri/arcgis-rest-request";
import { createKey } from "./credential.mjs";
import { answer } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const made = await createKey({
    ...{ authentication, ...given.request },
    ...{ title: "A key", tags: ["class"], snippet: "Short", description: "Long" },
  });
  const key = made.keys[1].access_token;
  const self = await getSelf({ authentication: ApiKeyManager.fromKey(key), portal: given.rest });
  return { ...made, self };
});
