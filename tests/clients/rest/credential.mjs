// An API key credential, by the requests of Esri's package for developer credentials: seven for one key.

import { createItem, getItem, updateItem } from "@esri/arcgis-rest-portal";
import { request } from "@esri/arcgis-rest-request";

const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

export async function createKey({
  authentication,
  privileges,
  httpReferrers = [],
  dates,
  slots = [1],
  ...item
}) {
  const made = await createItem({ item: { ...item, type: "Application" }, authentication });
  await post("oauth2/registerApp", authentication, {
    ...{ itemId: made.id, appType: "multiple" },
    ...lists({ redirect_uris: [OUT_OF_BAND], httpReferrers, privileges }),
  });
  await setDates(made.id, authentication, { 1: -1, 2: -1, ...dates });
  return finish(made.id, authentication, slots);
}

export async function updateKey(itemId, authentication, { dates, privileges, httpReferrers, slots = [] }) {
  if (dates) {
    await setDates(itemId, authentication, dates);
  }
  if (privileges || httpReferrers) {
    const app = await appInfo(itemId, authentication);
    await post(`oauth2/apps/${app.client_id}/update`, authentication, {
      ...lists({
        privileges: privileges ?? app.privileges,
        httpReferrers: httpReferrers ?? app.httpReferrers,
      }),
    });
  }
  return finish(itemId, authentication, slots);
}

export async function invalidateKey(itemId, authentication, slot) {
  return askForSlot("revokeToken", itemId, authentication, slot);
}

export async function getKey(itemId, authentication) {
  const app = await appInfo(itemId, authentication);
  return { app, item: await getItem(itemId, { authentication }) };
}

export async function unregister(itemId, authentication) {
  const app = await appInfo(itemId, authentication);
  return post(`oauth2/apps/${app.client_id}/unregister`, authentication, {});
}

async function finish(itemId, authentication, slots) {
  const item = await getItem(itemId, { httpMethod: "POST", authentication });
  const keys = {};
  for (const slot of slots) {
    const reply = await askForSlot("token", itemId, authentication, slot);
    // Esri's package takes the slot from the key itself: its digit stands tenth from the end.
    keys[reply.access_token.at(-10)] = reply;
  }
  return { item, keys, app: await appInfo(itemId, authentication) };
}

async function askForSlot(operation, itemId, authentication, apiToken) {
  const { client_id, client_secret } = await appInfo(itemId, authentication);
  // The secret is the authority; no person's token goes along.
  return request(`${authentication.portal}/oauth2/${operation}`, {
    params: {
      ...{ client_id, client_secret, apiToken },
      ...{ regenerateApiToken: true, grant_type: "client_credentials" },
    },
  });
}

function setDates(id, authentication, dates) {
  const sent = Object.entries(dates).map(([slot, date]) => [
    `apiToken${slot}ExpirationDate`,
    date === -1 ? -1 : new Date(date),
  ]);
  return updateItem({ item: { id, ...Object.fromEntries(sent) }, authentication });
}

function appInfo(itemId, authentication) {
  const path = `content/users/${authentication.username}/items/${itemId}/registeredAppInfo`;
  return post(path, authentication, {});
}

function post(path, authentication, params) {
  return request(`${authentication.portal}/${path}`, { httpMethod: "POST", params, authentication });
}

function lists(named) {
  return Object.fromEntries(Object.entries(named).map(([name, list]) => [name, JSON.stringify(list)]));
}
