// A basemap session: start, use, renew, end; and what the package refuses by itself.

import { BasemapStyleSession } from "@esri/arcgis-rest-basemap-sessions";
import { ApiKeyManager, request } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";

await answer(async ({ styles, key, wrong }) => {
  const startSessionUrl = `${styles}/sessions/start`;
  const start = (options) =>
    BasemapStyleSession.start({ startSessionUrl, authentication: ApiKeyManager.fromKey(key), ...options });
  const heard = [];
  const session = await start({ duration: 60, safetyMargin: 10 });
  for (const event of ["expired", "refreshed", "error"]) {
    session.on(event, () => heard.push(event));
  }
  const begun = describe(session);
  const first = session.token;
  const style = await request(`${styles}/styles/arcgis/streets`, {
    httpMethod: "GET",
    authentication: session,
  });
  await session.refreshCredentials();
  const renewed = { ...describe(session), another: session.token !== first };
  // The end is the package's to notice, by its own clock.
  session.setExpires(new Date(Date.now() - 1));
  const expired = session.isSessionExpired();
  const late = await session.getToken();
  session.destroy();
  const open = await start({ styleFamily: "open", duration: 43_200 });
  open.destroy();
  return {
    ...{ begun, renewed, expired, heard },
    style: { version: style.version, layers: style.layers.length },
    prefix: late.slice(0, 4),
    open: describe(open),
    refused: {
      short: await refusalText(start({ duration: 9 })),
      long: await refusalText(start({ duration: 43_201 })),
      "no key": await refusal(start({ authentication: undefined })),
      "unknown key": await refusal(start({ authentication: "AAPTnothing" })),
      "key without the privilege": await refusal(start({ authentication: wrong })),
      session: await refusal(start({ authentication: late })),
      family: await refusal(start({ styleFamily: "none" })),
    },
  };
});

function describe({ styleFamily, duration, startTime, endTime, expires, token }) {
  const seconds = (endTime - startTime) / 1000;
  return { styleFamily, duration, seconds, margin: (endTime - expires) / 1000, prefix: token.slice(0, 4) };
}

async function refusalText(call) {
  return (await refusal(call)).message;
}
