/** What the page and the kernel say to each other. No secret is part of any of these shapes: passwords, codes,
 * tokens and the key travel as binary buffers beside a message. */

import type { Places } from "./keeping/places";
import type { KeyRow, Outcome } from "./keys/rows";

export type Phase = "signed-out" | "starting" | "signing-in" | "signed-in" | "creating" | "ready";

/** Ways to sign in; `key` is for who has a key already and needs no session. */
export type Method = "browser" | "password" | "token" | "key";

/** What is open while signed in: the quick key, the keys that are there, or a step of the wizard. */
export type View = "quick" | "keys" | "where" | "items" | "privileges" | "limits" | "details" | "review";

export interface PickedItem {
  id: string;
  title: string;
  type: string;
  owner: string;
  access: string;
}

export type FoundItem = PickedItem;

/** The fields as they were typed. */
export interface DraftFields {
  /** An address, or `practice`. */
  portal: string;
  username: string;
  method: Method;
  /** OAuth client id, as typed; empty for the one that is configured. */
  client_id: string;
  /** File on the kernel's machine with the certificates to trust, as typed; mostly empty. */
  ca_file: string;
  /** The Referer that a key brought along is bound to, as typed; mostly empty. */
  referrer: string;
  view: View;
  /** Id of the preset that these privileges are; empty where the choice is the person's own. */
  preset: string;
  private: boolean;
  /** REST names. */
  privileges: string[];
  items: PickedItem[];
  /** Days to live; text while it is no number. Counts where `ends` is empty. */
  days: number | string;
  /** The exact end, an ISO moment with its offset; or empty. */
  ends: string;
  /** One a line. */
  referrers: string;
  title: string;
  summary: string;
  tags: string[];
  folder: string;
  generate: boolean;
  /** Whether the key ends with the kernel; days and end count no more then. */
  ephemeral: boolean;
}

/** A field that a message can stand at: of the draft, or a secret that is not part of it. */
export type FieldName = keyof DraftFields | "password" | "token" | "code" | "key";

export type Errors = Partial<Record<FieldName, string>>;

export interface Account {
  username: string;
  full_name: string;
  organization: string;
  kind: Kinds;
  /** Whether `kind` is known; a guess can be corrected. */
  kind_certain: boolean;
  /** Name of the role, empty where it is not told. */
  role: string;
  /** Name of the user type, empty where it is not told. */
  user_type: string;
  can_create: boolean;
  /** What is missing for making keys, and who can change it. */
  missing: { label: string; hint: string }[];
  /** Whole sentences on what keys of this account cannot have, and why. */
  notes: string[];
}

export type Kinds = "online" | "location-platform" | "enterprise";

interface Preset {
  id: string;
  title: string;
  text: string;
  needs_item: boolean;
  cost: string;
}

/** A portal to choose: by the house, or by an administrator's configuration. */
interface PortalChoice {
  url: string;
  title: string;
  /** Whether an OAuth client id is configured for it. */
  client: boolean;
}

/** One privilege, or a group of them: the tree has two levels of groups at most. */
export interface PrivilegeNode {
  /** REST name of a privilege; `group:` and its path for a group. */
  id: string;
  title: string;
  /** What it opens; empty for most groups. */
  about: string;
  /** Whether using it costs; empty where nothing is known. */
  cost: string;
  /** Why it cannot be chosen (now), empty where it can. */
  reason: string;
  /** Empty for a privilege. */
  children: PrivilegeNode[];
}

export interface Action {
  label: string;
  /** What to change in the draft first. */
  draft?: Partial<DraftFields>;
  /** What to ask then. */
  kind?: Kind;
}

export interface Alert {
  tone: "bad" | "warn" | "ok";
  title: string;
  hint: string;
  /** Ways out, as buttons under the words. */
  actions?: Action[];
}

export interface Progress {
  name: string;
  label: string;
  state: "waiting" | "started" | "done" | "failed" | "undone";
}

/** What the preview is drawn from, or why there is none. */
export interface Preview {
  style?: string;
  attribution?: string;
  reason?: string | null;
  /** Whether the key opens what a map is drawn from. */
  map?: boolean;
}

/** What a look with the key itself found; it runs after the key is ready. */
export interface Check {
  /** Empty while it runs. */
  summary: string;
  /** Whether nothing was refused, and nothing stood in the way. */
  ok: boolean;
  rows: { what: string; state: "works" | "refused" | "not tested"; why: string; mend: string }[];
}

export interface Result {
  /** Empty where the credential was made without a key. */
  masked: string;
  expires_utc: string | null;
  title: string;
  folder: string;
  /** Titles of the privileges, and how many items. */
  opens: string[];
  /** Whether the key was brought along, not made here. */
  brought: boolean;
  variable: string;
  environ: string[];
  code: string;
  preview: Preview | null;
  /** Page of the item in the portal, for what is done there; empty where none is known. */
  item_url: string;
  /** Null where there is no key. */
  check: Check | null;
  /** The slot of an older key of the same credential, which this one takes over from. */
  former: number | null;
  /** Where the key can be kept for later sessions; null until somebody asks for the `places`. */
  keeping: Places | null;
  /** Whether the key ends with this kernel. */
  ephemeral: boolean;
}

/** One request, as the transcript tells it: names, never values. */
export interface Exchange {
  method: string;
  path: string;
  parameters: string[];
  status: number;
  code: number;
  milliseconds: number;
  curl: string;
}

export interface State {
  phase: Phase;
  revision: number;
  portal: { url: string; practice: boolean; name: string };
  portals: PortalChoice[];
  /** Ways to sign in that are offered, the recommended one first. */
  methods: Method[];
  /** Environment variables of the kernel that hold something like a key: names only. */
  key_variables: string[];
  practice_available: boolean;
  account: Account | null;
  presets: Preset[];
  lifetimes: { days: number; label: string }[];
  max_days: number;
  max_items: number;
  draft: DraftFields;
  /** Fields that stand as they are. */
  locked: FieldName[];
  errors: Errors;
  alert: Alert | null;
  progress: Progress[];
  result: Result | null;
  transcript: { count: number; milliseconds: number };
}

/** The one trait that the page reads, and notebooks save. */
export interface Snapshot {
  phase: Phase;
  step: string;
  revision: number;
  /** The state of a form that nobody has used yet, to be drawn until the kernel's own comes. */
  opening?: State;
}

/** Every question the page may ask, with what the answer holds. */
export interface Answers {
  look: { state: State };
  /** `{draft: part}`; the answer has the whole draft as the kernel settled it. */
  draft: { errors: Errors; draft: DraftFields };
  /** `{portal, method, ...}` and, as a buffer, the password, code, token or key; `{variable}` names a key's. */
  "sign-in": object;
  /** `{portal, client_id}`: the portal's sign-in page for the browser way. */
  page: { url: string };
  practice: object;
  /** `{account}`: what kind of account it is, said by the person; `kind` is the message's own. */
  kind: object;
  /** `{private}` */
  privileges: { tree: PrivilegeNode[] };
  /** `{text, start, kinds, owner}`: `kinds` is layers, maps, files or all; `owner` is empty for one's own, `*` for
   * all that can be seen, or a user name. */
  items: { items: FoundItem[]; total: number; next_start: number | null };
  /** `{text}`: item ids and addresses, one a line or separated by blanks and commas. */
  lookup: { items: FoundItem[]; problems: string[] };
  folders: { folders: string[] };
  /** Everything that is wrong with the settings, for the review. */
  check: { errors: Errors };
  /** The draft as Python. */
  code: { code: string };
  transcript: { exchanges: Exchange[] };
  create: object;
  cancel: object;
  reveal: object;
  copy: object;
  tile: object;
  /** `{ask}`: a question of the map, see src/map/line.ts; the answer is the map's. */
  map: object;
  another: object;
  "sign-out": object;
  forget: object;
  /** `{part}`: a part of the page's code, as a buffer. */
  part: object;
  keys: { keys: KeyRow[] };
  /** `{item, slot, days, replace}`: makes a key, which is then ready; without `slot` in a free one. */
  generate: object;
  /** `{item, slot}` */
  revoke: { key: KeyRow };
  /** Ends the older key that the one in hand takes over from. */
  "end-former": object;
  /** `{item, title, summary, tags, folder}` */
  change: { key: KeyRow };
  /** Has the kernel look where the key in hand can be kept; `keeping` of the result tells it then. */
  places: object;
  /** `{where}` */
  keep: object;
  /** `{where}` */
  unkeep: object;
  /** `{items}` */
  delete: { outcomes: Outcome[] };
  /** What kernels that were killed have left is deleted; the state tells what became of each. */
  "delete-left": object;
}

export type Kind = keyof Answers;

export interface Trouble {
  title: string;
  hint: string;
  field?: FieldName;
}

export type Incoming =
  | { kind: "state"; state: State }
  | ({ kind: "answer"; re: string; ok: true } & Record<string, unknown>)
  | { kind: "answer"; re: string; ok: false; error: Trouble };
