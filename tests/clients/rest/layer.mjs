// A hosted layer, read by a person through its federated server, and with a key.
import { ApiKeyManager, request } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const person = await signIn(given);
  const params = { where: "1=1", outFields: "*", resultRecordCount: 3, returnGeometry: true };
  const read = (authentication) => request(`${given.layer}/query`, { authentication, params });
  return {
    person: (await read(person)).features.length,
    again: (await read(person)).features.length,
    key: (await read(ApiKeyManager.fromKey(given.key))).features.length,
    "another key": await refusal(read(ApiKeyManager.fromKey(given.wrong))),
    nobody: await refusal(read()),
  };
});
