// A person's session, as each of the scripts on content begins.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";

export function signIn({ rest, username, password }) {
  return ArcGISIdentityManager.signIn({ portal: rest, username, password });
}
