/** The words of the map. */

export const words = {
  style: "Basemap",
  map: "Map. Arrow keys move it, plus and minus zoom.",
  mapWithLayer: "Map. Arrow keys move it, plus and minus zoom, Enter tells what lies at its centre.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomToLayer: "Zoom to layer",
  retry: "Try again",
  notDrawn: "The basemap could not be drawn.",
  layerNotDrawn: "The layer could not be drawn.",
  unknown: "The browser could not draw it; try again, or choose another style.",
  drawn: (style: string) => `${style} is drawn.`,
  level: (zoom: number) => `Zoom level ${zoom}.`,
  layerDrawn: (count: number) => (count === 1 ? "One row is on the map." : `${count} rows are on the map.`),
  more: (count: number) =>
    `The first ${count.toLocaleString("en")} rows of the layer are drawn; it holds more.`,
  empty: "The layer has no shapes to draw.",
  nothing: "Nothing of the layer lies at the centre of the map.",
  row: (index: number, count: number) => (count === 1 ? "Row" : `Row ${index + 1} of ${count}`),
  attributes: "Attributes",
  noAttributes: "This row has no attributes.",
  next: "Next",
  close: "Close",
  others: "Other styles",
  families: { arcgis: "ArcGIS", open: "Open" } as Record<string, string>,
};
