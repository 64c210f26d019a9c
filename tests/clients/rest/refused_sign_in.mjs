// A wrong password.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { answer, refusal } from "./script.mjs";

await answer(({ rest, username }) =>
  refusal(ArcGISIdentityManager.signIn({ portal: rest, username, password: "not the one" })),
);
