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

export const items = {
  label: "Layer",
  hint: "the key opens this item and no other",
  placeholder: "Search your items",
  results: "Your items",
  searching: "Searching…",
  none: "No item of yours matches. Try fewer words.",
  empty: "This account has no items that a key can open.",
  count: (shown: number, total: number) =>
    shown < total
      ? `${shown} of ${total} items; write a word to narrow them`
      : total === 1
        ? "1 item"
        : `${total} items`,
  more: "Show more",
  remove: (title: string) => `Remove ${title}`,
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
  broughtHeading: "The portal knows your key",
  madeHeading: "The credential is made, without a key",
  noKeyYet: "Generate the key later on its page in the portal.",
  opens: "Opens",
  itemPage: "Open its page in the portal",
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

export const transcript = {
  summary: (count: number, milliseconds: number) =>
    `What happened (${count === 1 ? "1 request" : `${count} requests`}, ${milliseconds} ms)`,
  lead: "Every request to the portal, with the names of what was sent and never a value.",
  code: "Copy as code",
  curl: "Copy as curl",
  curlOf: (method: string, path: string) => `Copy ${method} ${path} as curl`,
  outcome: (status: number, code: number) =>
    status === 0 ? "no answer" : code ? `${status}, error ${code}` : String(status),
  time: (milliseconds: number) => `${milliseconds} ms`,
  parameters: (names: readonly string[]) => `with ${names.join(", ")}`,
  noCopy: "Select the text and copy it by hand.",
};
