/** The words around a map that is not drawn yet. */

export const words = {
  label: "Basemap",
  loading: "Loading the map…",
  retry: "Try again",
  failed: "The map could not be loaded.",
  failedHint: "The browser did not let its code run; another browser may.",
  waiting: "The kernel is busy; the map goes on when it is free.",
  lost: "This map has lost its kernel; run the cell again. If a long cell is running, the map goes on by itself after it.",
};
