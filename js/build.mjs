/** Builds what goes into the wheel: the form, the small view of the map, and its large parts, packed. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const OUT = new URL("../arcgis_keywidget/static/", import.meta.url).pathname;
const SHARED = { bundle: true, format: "esm", target: "es2022", minify: true };

/** `file.css?inline` and `file.mjs?raw` as text, as Vite has it. */
const asText = {
  name: "as-text",
  setup(bundler) {
    bundler.onResolve({ filter: /\?(inline|raw)$/ }, async ({ path, resolveDir, kind }) => {
      const [file] = path.split("?");
      const found = await bundler.resolve(file, { resolveDir, kind });
      return { path: found.path, errors: found.errors, namespace: "as-text" };
    });
    bundler.onLoad({ filter: /\.css$/, namespace: "as-text" }, async ({ path }) => {
      const { outputFiles } = await build({ ...SHARED, entryPoints: [path], write: false });
      return { contents: outputFiles[0].text, loader: "text", watchFiles: [path] };
    });
    bundler.onLoad({ filter: /\.mjs$/, namespace: "as-text" }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { minify: true, legalComments: "none" });
      return { contents: code, loader: "text", watchFiles: [path] };
    });
  },
};

/** Where a page keeps what it has loaded, by the hash of its text. */
function defined(hashes) {
  return {
    VIEW_HASH: JSON.stringify(hashes.view ?? ""),
    MAPLIBRE_HASH: JSON.stringify(hashes.maplibre ?? ""),
    KEYS_HASH: JSON.stringify(hashes.keys ?? ""),
    WIZARD_HASH: JSON.stringify(hashes.wizard ?? ""),
  };
}

async function pack(entry, name, hashes) {
  const options = { entryPoints: [entry], write: false, plugins: [asText], legalComments: "none" };
  const { outputFiles } = await build({ ...SHARED, ...options, define: defined(hashes) });
  const { contents } = outputFiles[0];
  await writeFile(`${OUT}${name}.js.gz`, gzipSync(contents, { level: 9 }));
  return createHash("sha256").update(contents).digest("hex").slice(0, 16);
}

const packageOf = async (name) =>
  JSON.parse(await readFile(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8"));

/** A package and all that it is built from, but for declarations of types. */
async function gather(name, found = new Map()) {
  if (found.has(name) || name.startsWith("@types/")) return found;
  const { version, license, dependencies = {} } = await packageOf(name);
  found.set(name, `${name} ${version} (${license})`);
  for (const one of Object.keys(dependencies)) await gather(one, found);
  return found;
}

/** What MapLibre and all that may be built into it ask to be kept with them: their licences, word for word. */
async function writeLicences(name) {
  const texts = [...(await gather(name))].map(async ([one, head]) => {
    const folder = new URL(`node_modules/${one}/`, import.meta.url);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(new URL(file, folder), "utf8") : "";
    return `${head}\n\n${text.trim()}\n`;
  });
  await writeFile(`${OUT}maplibre.licences.txt`, (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`));
}

await mkdir(OUT, { recursive: true });
await writeLicences("maplibre-gl");
const maplibre = await pack("src/map/maplibre.ts", "maplibre", {});
const keys = await pack("src/form/keys/index.ts", "form-keys", {});
const wizard = await pack("src/form/wizard/index.ts", "form-wizard", {});
const view = await pack("src/map/view/index.ts", "map-view", { maplibre });
const entries = [
  { in: "src/form/index.ts", out: "form" },
  { in: "src/form/style/form.css", out: "form" },
  { in: "src/map/index.ts", out: "map" },
  { in: "src/map/style/map.css", out: "map" },
];
await build({
  ...SHARED,
  entryPoints: entries,
  outdir: OUT,
  define: defined({ maplibre, view, keys, wizard }),
});

// JupyterLab's part: one file of ours, which Jupyter's own builder makes loadable; classes of JupyterLab stay outside.
const ROOT = new URL(".", import.meta.url).pathname;
await build({
  bundle: true,
  format: "esm",
  target: "es2022",
  entryPoints: [`${ROOT}src/lab/index.ts`],
  outfile: `${ROOT}lib/lab/index.js`,
  external: ["@jupyterlab/*", "@lumino/*"],
  loader: { ".svg": "text" },
  plugins: [asText],
});
const builder = `${ROOT}node_modules/@jupyter/builder/lib/build-labextension.js`;
const core = `${ROOT}node_modules/@jupyterlab/core-meta/core.package.json`;
await promisify(execFile)(process.execPath, [builder, "--core-package-file", core, ROOT]);
