/** Every word that the page itself says; the kernel and the portal bring their own. */

export const NAME = "ArcGIS API key";

export const header = {
  practice: "practice portal",
  signedIn: (who: string, where: string) => `Signed in as ${who}, ${where}`,
  signOut: "Sign out",
  keys: "My keys",
  account: "Account: ",
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
  lostKey:
    "If the kernel was restarted, its key has gone with it: load a kept one with load(), or sign in and generate a new one under My keys.",
  silent: "The kernel has not answered yet.",
  silentHint: "It may be busy with a cell. If it was restarted, run the cell again.",
};

export const part = {
  opening: "Opening…",
  failed: "This part of the form did not come.",
  retry: "Try again",
  back: "Quick key",
};

export const signIn = {
  heading: "Sign in to your portal",
  keyHeading: "Use a key you have",
  portal: "Portal",
  practicePortal: "Practice portal on this machine",
  another: "Another portal (address)",
  address: "Portal address",
  addressHint: "of your Enterprise portal, as in the browser",
  addressExample: "https://gis.example.com/portal",
  method: "Sign in with",
  methods: {
    browser: "In the browser",
    password: "User name and password",
    token: "Token",
    key: "I already have a key",
  },
  leads: {
    browser:
      "You sign in on the portal's own page, also with single sign-on or a second factor. No password passes through this notebook.",
    password: "The key is made in your own account. Your password goes to the portal once and is not kept.",
    token: "The key is made in your own account. The token stays in this kernel's memory until you sign out.",
    key: "No key is made, and you need not sign in: the key is checked with the portal, then this kernel uses it.",
  },
  username: "User name",
  password: "Password",
  federatedBefore: "Single sign-on, a second factor or a social account? Such accounts sign in ",
  federatedLink: "in the browser",
  token: "Token",
  tokenHint: "a user token from a portal session you already have; no API key",
  practiceBefore: "No account at hand? ",
  practiceLink: "Use the practice portal",
  practiceAfter: ": everything works, nothing leaves this machine.",
  practiceHeading: "Practise on this machine",
  practiceLead:
    "The practice portal has users, a private layer and a basemap of its own. Everything works as in your own portal, and nothing leaves this machine.",
  elsewhereBefore: "You have an account? ",
  elsewhereLink: "Sign in to your own portal",
  submit: "Sign in",
  check: "Check and use",
};

export const waiting = {
  starting: "Starting the practice portal",
  startingText: "A small portal starts on this machine, and you are signed in to it.",
  signingIn: "Signing in",
  signingInText: (where: string) => `Waiting for ${where} to answer.`,
  checking: "Checking your key",
  checkingText: (where: string) => `Asking ${where} what it opens and how long it is valid.`,
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
  alsoPrivate: "for a private application",
  alsoSummary: "a summary",
  alsoLater: "no key yet, only its credentials",
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
  keep: "Keep this key for later sessions",
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
  checking: "Checking what it opens…",
  checked: (summary: string) => `Checked: ${summary}`,
  copyCode: "Copy code",
  forget: "Forget",
  another: "New key",
  former: (slot: number) => `The older key, in slot ${slot}, still works.`,
  formerHint: "End it once nothing uses it.",
  endFormer: "Revoke the older key",
  endsSoon: (left: string) => `Your key ends soon: ${left}.`,
  endsSoonHint: (when: string) => `It works until ${when}. The next one can be made before.`,
  ended: "Your key has ended.",
  endedHint: (when: string) =>
    `By the clock of this page it ended ${when}. Portals refuse a key from then on; generate a new one.`,
  openKeys: "Open My keys",
  forgetHint: "Forget takes it out of this kernel; it stays valid in the portal.",
  noCopy: "This page may not use the clipboard.",
  noCopyHint: "Press Reveal, then copy the key by hand.",
  noCopyCodeHint: "Select the code and copy it by hand.",
};

export const ephemeral = {
  label: "End this key with the kernel",
  hint:
    "It is revoked when the kernel is shut down or restarted. A killed kernel, or a portal out of reach, prevents that; " +
    "its own end, after a day, is what you can rely on.",
  until: (time: string) => `Ends with the kernel, at the latest ${time}.`,
  ready: "It ends with this kernel; its own end stands below, should the kernel be killed.",
};

export const left = {
  days: (count: number) => (count === 1 ? "1 day left" : `${count} days left`),
  hours: (count: number) => (count === 1 ? "1 hour left" : `${count} hours left`),
  soon: "less than an hour left",
  over: "ended",
};

export const map = {
  still: "Basemap drawn with your key",
  open: "Open map",
  vector: "Open the map to see the basemaps of this key.",
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
  locked: "The items are set beforehand and stay as they are.",
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
  locked: "The privileges are set beforehand and stay as they are.",
  others: "Chosen, but not among what this account may grant",
  remove: (title: string) => `Remove ${title}`,
  removed: (title: string, left: number) => `${title} removed, ${left} left`,
};

function number(value: number): string {
  return value.toLocaleString("en-US");
}

export const transcript = {
  summary: (count: number, milliseconds: number) =>
    `What happened (${count === 1 ? "1 request" : `${count} requests`}, ${milliseconds} ms)`,
  lead: "Every request to the portal but the key's own check, with the names of what was sent and never a value.",
  last: (shown: number, count: number) => `The last ${shown} of ${count} requests, the oldest first.`,
  code: "Copy as code",
  curl: "Copy as curl",
  curlOf: (method: string, path: string) => `Copy ${method} ${path} as curl`,
  outcome: (status: number, code: number) =>
    status === 0 ? "no answer" : code ? `${status}, error ${code}` : String(status),
  time: (milliseconds: number) => `${milliseconds} ms`,
  parameters: (names: readonly string[]) => `with ${names.join(", ")}`,
  noCopy: "Select the text and copy it by hand.",
};

export const browserWay = {
  open: "Open the sign-in page",
  opens: (host: string) => `${host}, in a new tab. Sign in there and allow access; it then shows a code.`,
  preparing: "The link to the sign-in page is being prepared…",
  needsPortal: "The link to the sign-in page stands here as soon as you have written the portal's address.",
  needsClient: "The link to the sign-in page stands here as soon as you have written the Client ID.",
  refused: (reason: string) => `There is no link to the sign-in page yet: ${reason}`,
  again: "Try again",
  code: "Code",
  codeHint: "from the page that says SUCCESS, or its whole address",
  register: "Register a Client ID, once",
  registerLead:
    "No Client ID is configured for this portal. Register one, or ask your administrator for one:",
  another: "Another Client ID",
  configured: "one is configured",
  // Every second part is a term of the portal's own pages.
  path: ["In the portal open ", "Content › My content › New item › Developer credentials", "."],
  kind: ["Choose ", "OAuth 2.0 credentials", ", for user authentication if it asks."],
  redirect: ["As ", "Redirect URL", " add exactly this, and leave the rest as it is:"],
  copy: "Copy",
  copyRedirect: "Copy the redirect URL",
  noCopyHint: "Select the redirect URL and copy it by hand.",
  save: [
    "Save it under a title you will know: the sign-in page shows it. Then copy its ",
    "Client ID",
    "; that is no secret.",
  ],
  client: "Client ID",
  clientHint: "of your OAuth 2.0 credentials",
};

export const keyWay = {
  found: "In this kernel's environment:",
  use: (variable: string) => `Use ${variable}`,
  key: "Key",
  keyHint: "an API key begins with AAPT, a legacy one with AAPK",
};

export const binding = {
  token: "The token was made for a certain page",
  key: "The key was made for certain pages",
  referrer: "Referrer",
  hint: "the address it was made for; the kernel sends it along",
  example: "https://app.example.com",
};

export const connection = {
  summary: "Connection",
  file: "Certificate file",
  fileHint: "a PEM file on the kernel's machine",
  fileExample: "/etc/ssl/our-ca.pem",
  about:
    "Only where the portal's certificate comes from your own organization. A proxy is taken from HTTPS_PROXY on the kernel's machine.",
};

export const account = {
  title: "Account",
  name: "Name",
  username: "User name",
  role: "Role",
  userType: "User type",
  organization: "Organization",
  kind: "Kind",
  kinds: {
    online: "ArcGIS Online",
    "location-platform": "ArcGIS Location Platform",
    enterprise: "ArcGIS Enterprise",
  },
  guess: "It looks like it; the portal does not say so. ",
  correct: { online: "It is ArcGIS Online", "location-platform": "It is Location Platform" },
  corrected: (kind: string) => `The account is treated as ${kind} now.`,
  keys: "Keys",
  mayMake: "This account can make keys.",
  mayNot: "This account cannot make keys.",
  notes: "Good to know",
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

export const locked = { mark: "set beforehand" };

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
  ephemeral: "Ends with the kernel",
  limits: (expiry: string, referrers: number) => `${expiry}, ${counted(referrers, "referrer")}`,
  untitled: "No title",
  unsent: "Nothing sent yet",
  wrong: (number: number) => counted(number, "thing to mend", "things to mend"),
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
  laterText: "Only the credentials are made; generate it later on the item's page.",
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
