// The three ways in which a token travels, and a query that is too long for an address.

import { searchItems } from "@esri/arcgis-rest-portal";
import { request } from "@esri/arcgis-rest-request";
import { answer } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const who = (options) => request(`${given.rest}/community/self`, { authentication, ...options });
  const long = `owner:${given.username} ${"OR title:nothing ".repeat(120)}`;
  return {
    query: (await who({ httpMethod: "GET" })).username,
    header: (await who({ httpMethod: "GET", hideToken: true })).username,
    body: (await who({ httpMethod: "POST" })).username,
    long: (await searchItems({ q: long, authentication })).total,
  };
});
