/** What the build puts in: the hashes of the parts that are loaded later. */
declare const VIEW_HASH: string;
declare const MAPLIBRE_HASH: string;
declare const KEYS_HASH: string;
declare const WIZARD_HASH: string;

declare module "*.css?inline" {
  const text: string;
  export default text;
}

declare module "*.mjs?raw" {
  const text: string;
  export default text;
}
