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
  allSettings: "All settings",
  own: "Your own choice",
  ownText: (privileges: number) => `${counted(privileges, "privilege")}, chosen among all settings`,
  dated: "Date",
  also: (parts: string[]) => `Also in this key: ${parts.join(", ")}.`,
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

/** A number and its noun, such as `2 items`; nouns that take no plain s bring their plural. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number === 0 ? "no" : number} ${number === 1 ? one : many}`;
}

/** The first of some names, and how many more there are. */
export function few(names: readonly string[], most = 4): string {
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

export const locked = { mark: "set by the notebook" };

export const wizard = {
  steps: "Steps",
  names: {
    where: "Where used",
    items: "Item access",
    privileges: "Privileges",
    limits: "Expiry & referrers",
    details: "Details",
    review: "Review",
  },
  place: (number: number, all: number) => `Step ${number} of ${all}: `,
  wrong: "Check this",
  quick: "Quick key",
  back: "Back",
  review: "Review",
  next: "Next",
};

export const values = {
  public: "Public application",
  private: "Private application",
  noItems: "None",
  items: (first: string, more: number) => (more > 0 ? `${first} + ${more}` : first),
  privileges: (number: number) => (number ? `${number} chosen` : "None chosen"),
  days: (days: number | string) => (Number(days) > 0 ? counted(Number(days), "day") : "No end yet"),
  until: (day: string) => `Until ${day}`,
  limits: (expiry: string, referrers: number) => `${expiry}, ${counted(referrers, "referrer")}`,
  untitled: "No title",
  unsent: "Nothing sent yet",
  wrong: (number: number) => counted(number, "thing to mend", "things to mend"),
  alsoPrivate: "for a private application",
  alsoSummary: "a summary",
  alsoLater: "no key yet, only its credentials",
};

export const where = {
  heading: "Where will you use these credentials?",
  lead: "This decides which privileges can be chosen. Location services and your items are open to both.",
  public: "Public application",
  publicText:
    "For anything that others can open, such as a web page or a shared notebook: location services and items only.",
  private: "Private application with selected privileges and access",
  privateText:
    "For notebooks, scripts and servers that only you can reach: general and admin privileges too, which let a key act in your name.",
  wouldDrop: (titles: string[]) =>
    `${counted(titles.length, "chosen privilege")} can only be held by a private application: ${few(titles)}. Choosing public drops ${titles.length === 1 ? "it" : "them"}.`,
  dropped: (titles: string[]) =>
    `${counted(titles.length, "general or admin privilege")} dropped: ${few(titles)}. Choosing private again brings ${titles.length === 1 ? "it" : "them"} back.`,
};

export const limits = {
  heading: "Expiry and referrers",
  lead: "How long the key works and which web pages may send it. A change later needs a new key.",
  expiry: "Expires after",
  days: (days: number) => counted(days, "day"),
  date: "Or at the end of a day",
  dateHint: (most: number) => `${most} days ahead at most, as portals allow`,
  dateHalf: "Write day, month and year, or empty the field.",
  fromNow: (time: string) => `If created now, it ends ${time}.`,
  ends: (time: string) => `It ends ${time}.`,
  both: (local: string, utc: string) => `${local} on your clock (${utc})`,
  referrers: "Referrers",
  referrersHint: "one a line; empty for notebooks",
  referrersExample: "https://app.example.com\nhttps://*.example.org",
  referrersNone: "Leave this empty for notebooks. Fill it only to bind the key to web pages you name.",
  referrersTitle: "Python sends no referrer by itself.",
  referrersText:
    "This package's functions send the first one with every request. Other libraries will be refused. For notebooks, leave this empty.",
};

export const details = {
  heading: "Details of the item",
  lead: "The credentials become an item in your content. All of this can be changed later.",
  summary: "Summary",
  summaryHint: "one or two sentences, if you like",
  tags: "Tags",
  tagsHint: "Enter or a comma adds one",
  tagList: "Tags of the item",
  removeTag: (tag: string) => `Remove tag ${tag}`,
  addedTag: (tag: string) => `Tag ${tag} added.`,
  removedTag: (tag: string) => `Tag ${tag} removed.`,
  sameTag: (tag: string) => `The tag ${tag} is there already.`,
  newFolder: "New folder: it is made together with the key.",
  oldFolder: "One of your folders.",
  rootFolder: "None: the item goes to the root of your content.",
};

export const review = {
  heading: "Review",
  lead: "This is what the portal will be asked for. Nothing has been sent yet.",
  edit: "Edit",
  editPart: (part: string) => `Edit ${part}`,
  name: (view: keyof typeof wizard.names) => wizard.names[view],
  problems: (number: number) => `${counted(number, "thing")} to mend first`,
  parts: {
    where: "Where used",
    items: "Items",
    privileges: "Privileges",
    expiry: "Expires",
    referrers: "Referrers",
    title: "Title",
    folder: "Folder",
    tags: "Tags",
    summary: "Summary",
  },
  none: "None",
  anyReferrer: "None: it can be used from anywhere",
  rootFolder: "None: in the root of your content",
  newFolder: (title: string) => `${title} (new folder)`,
  noExpiry: "No end yet",
  after: (days: string, end: string) => `${days}: ${end}`,
  more: (number: number) => `and ${number} more`,
  now: "Generate the key now",
  nowText: "Ready in this kernel, to copy and save.",
  later: "Generate the key later",
  laterText: "Only the credentials are made; generate from the item's page or My keys.",
  generate: "When to generate the key",
  fixedTitle: "Cannot be changed later",
  fixedText:
    "Privileges, items, referrers and expiry: changing one of them voids the key, and a new one is needed.",
  costTitle: "What using it costs",
  cost: (titles: string, cost: string) => `${titles}: ${cost}.`,
  group: (group: string, number: number) => `${group ? `${group}: ` : ""}${counted(number, "privilege")}`,
  personalTitle: "This key can act in your name",
  personal: (titles: string) =>
    `${titles}: whoever holds the key can do this as you (personal scope). Keep it out of everything public.`,
};
