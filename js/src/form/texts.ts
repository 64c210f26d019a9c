/** Every word that the page itself says; the kernel and the portal bring their own. */

export const NAME = "ArcGIS API key";

export const header = {
  practice: "practice portal",
  signedIn: (who: string, where: string) => `Signed in as ${who}, ${where}`,
  signOut: "Sign out",
  kinds: { online: "Online", "location-platform": "Location Platform", enterprise: "Enterprise" } as Record<
    string,
    string
  >,
};

export const kernel = {
  opening: "Opening the form…",
  waiting: "Waiting for the kernel.",
  waitingHint: "If it was restarted, run the cell again.",
  lost: "This form has lost its kernel; run the cell again.",
  lostHint: "If a long cell is running, the form goes on by itself when the kernel answers.",
  silent: "The kernel has not answered yet.",
  silentHint: "It may be busy with a cell. If it was restarted, run the cell again.",
};

export const signIn = {
  heading: "Sign in to your portal",
  lead: "The key is made in your own account. Your password goes to the portal once and is not kept.",
  portal: "Portal",
  portalHint: "ArcGIS Online, Location Platform, or the address of your Enterprise portal",
  portalExample: "https://www.arcgis.com",
  method: "Sign in with",
  methods: {
    browser: "In the browser",
    password: "User name and password",
    token: "Token",
    key: "I already have a key",
  },
  username: "User name",
  password: "Password",
  token: "Token",
  tokenHint: "from a portal session you already have",
  practiceBefore: "No account at hand? ",
  practiceLink: "Use the practice portal",
  practiceAfter: ": everything works, nothing leaves this machine.",
  practiceHeading: "Practise on this machine",
  practiceLead:
    "The practice portal has users, a private layer and a basemap of its own. Everything works as in your own portal, and nothing leaves this machine.",
  elsewhereBefore: "You have an account? ",
  elsewhereLink: "Sign in to your own portal",
  submit: "Sign in",
};

export const waiting = {
  starting: "Starting the practice portal",
  startingText: "A small portal starts on this machine, and you are signed in to it.",
  signingIn: "Signing in",
  signingInText: (where: string) => `Waiting for ${where} to answer.`,
  cancel: "Cancel",
  cancelling: "Cancelling…",
};

export const quick = {
  heading: "What will this notebook do?",
  lead: "Pick one and create the key. What it may do cannot be changed here later; another key can be made at any time.",
  presets: "What the key opens",
  lifetime: "Valid for",
  other: "Other…",
  days: "Days",
  until: (day: string) => `until ${day}`,
  more: "Title and folder",
  noFolder: "no folder",
  title: "Title",
  titleHint: "to find the key by",
  folder: "Folder",
  folderHint: "existing, new or none",
  calm: "Nothing is sent until you press ",
  submit: "Create key",
  cannot: "Your account cannot create keys.",
  roleTitle: "Your role cannot make keys.",
  lacks: (labels: string[]) => `It lacks ${labels.map((label) => `“${label}”`).join(", ")}.`,
};

export const creating = {
  heading: "Creating the key",
  lead: "Cancel undoes what was made so far.",
  states: {
    waiting: "waiting",
    started: "under way",
    done: "done",
    failed: "failed",
    undone: "undone",
  },
  progress: (done: number, all: number) => `${done} of ${all} done`,
};

export const ready = {
  heading: "Your key is ready",
  inKernel: "It is in this kernel: the next cell can use it.",
  notInjected: "Reveal or copy it below.",
  key: "Key",
  reveal: "Reveal",
  hide: "Hide",
  copy: "Copy",
  copied: "Copied",
  copyKey: "Copy key",
  revealKey: "Reveal key",
  hideKey: "Hide key",
  once: "The portal shows it this once. It is not in the notebook file.",
  variables: "In this kernel",
  ends: "Ends",
  localTime: (time: string) => `${time} on your clock`,
  item: "Item",
  next: "In the next cell",
  copyCode: "Copy code",
  forget: "Forget",
  another: "New key",
  forgetHint: "Forget takes it out of this kernel; it stays valid in the portal.",
  noCopy: "This page may not use the clipboard.",
  noCopyHint: "Press Reveal, then copy the key by hand.",
  noCopyCodeHint: "Select the code and copy it by hand.",
};

export const map = {
  label: "Basemap drawn with your key. Drag or use the arrow keys to move, plus and minus to zoom.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  failed: (reason: string) => `The basemap could not be drawn: ${reason}`,
  retry: "Try again",
};

export const items = {
  heading: "Item access",
  lead: "Which of your layers, maps and files may the key open? Changing this later ends the live key.",
  access: "Item access",
  none: { title: "No item access", text: "Only what the privileges open, such as basemaps." },
  some: {
    title: "Grant access to specific items",
    text: (limit: number) => `Items that you choose, at most ${limit}.`,
  },
  locked: "The items are set by the notebook and stay as they are.",
  layer: "Layer",
  layerHint: "the key opens what you choose here and nothing else",
  search: "Search",
  searchHint: "words of the title, a tag",
  placeholder: "Search your items",
  placeholderAll: "Search items",
  kind: "Type",
  kinds: { layers: "Layers", maps: "Maps and scenes", files: "Files and tables", all: "All" },
  owner: "Owner",
  owners: { "": "Mine", "*": "All I can see", name: "A user name…" },
  ownerName: "User name of the owner",
  ownerMissing: "Write whose items to list.",
  results: "Items",
  searching: "Searching…",
  noMatch: "No item matches. Try fewer words.",
  noMatchAll: "No item matches. Try fewer words, another type or another owner.",
  noLayers: "This account has no layers that a key can open.",
  noItems: "This account has no items that a key can open.",
  noSuch: "Nothing of this type here. Try another type or another owner.",
  count: (shown: number, total: number) =>
    shown < total
      ? `${number(shown)} of ${number(total)} items; write a word to narrow them`
      : total === 1
        ? "1 item"
        : `${number(total)} items`,
  more: "Show more",
  retry: "Try again",
  marked: "chosen",
  access_words: {
    private: "private",
    shared: "shared with a group",
    org: "shared with the organization",
    public: "shared with everyone",
  } as Record<string, string>,
  chosen: "Chosen items",
  chosenCount: (count: number, limit: number) => `${count} of ${limit} chosen`,
  added: (title: string, count: number, limit: number) => `${title} chosen, ${count} of ${limit}`,
  remove: (title: string) => `Remove ${title}`,
  removed: (title: string, left: number) => `${title} removed, ${left} left`,
  full: (limit: number) => `A key opens ${limit} items at most. Remove one to choose another.`,
  paste: "Paste ids or addresses",
  pasteLabel: "Item ids or addresses",
  pasteHint: "one a line, or with blanks or commas between",
  add: "Add",
  adding: "Looking them up…",
  pasteEmpty: "Paste at least one id or address.",
  pasted: (added: number, known: number) =>
    [added === 1 ? "1 item added" : `${added} items added`, known ? `${known} chosen already` : ""]
      .filter(Boolean)
      .join(", "),
  refused: (titles: string[], limit: number) =>
    `Not added, since a key opens ${limit} items at most: ${titles.map((title) => `“${title}”`).join(", ")}.`,
};

export const privileges = {
  heading: "Privileges",
  lead: "Only what your account may grant. Changing these later ends the live key.",
  tree: "Privileges",
  chosen: (count: number) => (count ? `${count} chosen` : "None chosen"),
  part: (on: number, all: number) => `${on} of ${all}`,
  nothing: "none of these can be chosen now",
  search: "Search privileges",
  searchHint: "by name, by what it opens, or by REST name",
  clear: "Clear",
  matches: (shown: number, hidden: number) => {
    const found =
      shown === 0
        ? "No privilege matches"
        : shown === 1
          ? "1 privilege matches"
          : `${shown} privileges match`;
    const more = hidden === 1 ? "; 1 more is not available" : `; ${hidden} more are not available`;
    return hidden ? found + more : found;
  },
  showAll: (count: number) => `Show what is not available (${count})`,
  loading: "Reading what your account may grant…",
  empty: "Your account may grant no privileges to a key.",
  retry: "Try again",
  locked: "The privileges are set by the notebook and stay as they are.",
  others: "Chosen, but not among what this account may grant",
  remove: (title: string) => `Remove ${title}`,
  removed: (title: string, left: number) => `${title} removed, ${left} left`,
};

function number(value: number): string {
  return value.toLocaleString("en-US");
}
