/** The words of JupyterLab's menus, status bar and side panel. */

export const words = {
  category: "ArcGIS",
  newKey: "New ArcGIS API key",
  newKeyHint: "Insert and run a cell with the form that makes an ArcGIS API key",
  myKeys: "My ArcGIS API keys",
  insertCell: "Insert a cell that uses the ArcGIS API key",
  check: "Check this notebook for ArcGIS API keys",
  panel: "ArcGIS API key",
  noNotebook: "Open a notebook with a Python kernel; the form works in its kernel.",
  noPackage: "This kernel has no arcgis_keywidget. Install it there: pip install arcgis-keywidget",
  failed: "The form could not be opened in this kernel.",
  open: "Open the form here",
  opening: "Opening…",
  openHint: (notebook: string) => `It works in the kernel of ${notebook}, as a form in a cell does.`,
  clean: "No ArcGIS API key was found in this notebook.",
  found: (count: number) =>
    `ArcGIS API keys were found in ${count === 1 ? "1 place" : `${count} places`} of this notebook`,
  foundHint:
    "Whoever gets the notebook gets these keys. Clear the outputs, take the keys out of the code, and revoke them.",
  ok: "OK",
  status: (name: string, left: string) => `Key: ${name}, ${left}`,
  fullTitle: (name: string, rest: string) => `${name}. ${rest}`,
  statusTitle: (portal: string, until: string) =>
    `ArcGIS API key of ${portal}${until ? `, until ${until}` : ""}. Press for My keys`,
  gone: (name: string) => `Key: ${name}, gone with the kernel`,
  goneTitle:
    'The kernel has started anew without its key. Run load("…") if you kept it, or press here for a new one in My keys',
  days: (count: number) => (count === 1 ? "1 day left" : `${count} days left`),
  hours: (count: number) => (count === 1 ? "1 hour left" : `${count} hours left`),
  soon: "less than an hour left",
  ended: "ended",
  endless: "end not known",
};

/** Code that shows the form of a portal; of the one that the kernel's configuration names where that is empty. */
export const formCode = (portal: string) =>
  `from arcgis_keywidget import KeyForm\n\nform = KeyForm(${portal && JSON.stringify(portal)})\nform`;
export const MAP = 'from arcgis_keywidget import BasemapMap\n\nBasemapMap("arcgis/streets")';
