// The organisation and its members, by the package's own functions.
import { getPortal, getSelf, getUser, getUserTags } from "@esri/arcgis-rest-portal";
import { answer } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const self = await getSelf({ authentication });
  return {
    self,
    portal: await getPortal(self.id, { authentication }),
    user: await getUser({ authentication }),
    other: await getUser({ username: "grace", authentication }),
    tags: await getUserTags({ authentication }),
    anyone: await getSelf({ portal: given.rest }),
  };
});
