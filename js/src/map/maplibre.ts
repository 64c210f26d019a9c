/** MapLibre in one file: its worker and its styles are texts in it, for there is no address to fetch them from. */

import * as maplibre from "maplibre-gl";
import css from "maplibre-gl/dist/maplibre-gl.css?inline";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?raw";

maplibre.setWorkerUrl(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));

export { css, maplibre };
