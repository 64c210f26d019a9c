// The life of a credential: two slots, new dates, a rotation, an edit, an invalidation, the end.

import { getSelf, removeItem } from "@esri/arcgis-rest-portal";
import { ApiKeyManager } from "@esri/arcgis-rest-request";
import { createKey, getKey, invalidateKey, unregister, updateKey } from "./credential.mjs";
import { answer } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const { portal } = authentication;
  const works = (key) =>
    getSelf({ authentication: ApiKeyManager.fromKey(key), portal }).then(
      () => true,
      () => false,
    );
  const now = Date.now();
  const [week, month] = [now + 7 * 86_400_000, now + 30 * 86_400_000];
  const made = await createKey({
    ...{ authentication, title: "A key", privileges: ["premium:user:basemaps"] },
    ...{ dates: { 1: week, 2: month }, slots: [1, 2] },
  });
  const [id, first, second] = [made.item.id, made.keys[1].access_token, made.keys[2].access_token];
  const both = [await works(first), await works(second)];
  const rotated = await updateKey(id, authentication, { dates: { 1: month }, slots: [1] });
  const anew = rotated.keys[1].access_token;
  const afterRotation = [await works(first), await works(anew), await works(second)];
  const edited = await updateKey(id, authentication, {
    privileges: ["premium:user:basemaps", "premium:user:places"],
  });
  const afterEdit = [await works(anew), await works(second)];
  const again = await updateKey(id, authentication, { dates: { 2: week }, slots: [1, 2] });
  const regenerated = await updateKey(id, authentication, { slots: [1] });
  const invalidated = await invalidateKey(id, authentication, 1);
  const afterInvalidation = [
    await works(again.keys[1].access_token),
    await works(regenerated.keys[1].access_token),
    await works(again.keys[2].access_token),
  ];
  const seen = await getKey(id, authentication);
  const unregistered = await unregister(id, authentication);
  const afterAll = await works(again.keys[2].access_token);
  const removed = await removeItem({ id, authentication });
  return {
    ...{ made, both, rotated, afterRotation, edited, afterEdit, again, invalidated, afterInvalidation },
    ...{ seen, unregistered, afterAll, removed },
  };
});
