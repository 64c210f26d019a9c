/** What the page and the kernel say to each other. No secret is part of any of these shapes: passwords,
 * tokens and the key travel as binary buffers beside a message. */

export type Phase = "signed-out" | "starting" | "signing-in" | "signed-in" | "creating" | "ready";

export type FieldName =
  | "portal"
  | "username"
  | "password"
  | "token"
  | "preset"
  | "days"
  | "title"
  | "folder"
  | "item";

export type Errors = Partial<Record<FieldName, string>>;

export interface Account {
  username: string;
  full_name: string;
  organization: string;
  kind: string;
  can_create: boolean;
  missing: { label: string; hint: string }[];
}

interface Preset {
  id: string;
  title: string;
  text: string;
  needs_item: boolean;
  cost: string;
}

export interface PickedItem {
  id: string;
  title: string;
}

export interface FoundItem extends PickedItem {
  type: string;
  access: string;
  owner: string;
}

/** The fields as they were typed; `days` is text while it is no number. */
export interface DraftFields {
  portal: string;
  username: string;
  method: "password" | "token";
  preset: string;
  days: number | string;
  title: string;
  folder: string;
  item: PickedItem | null;
}

export interface Alert {
  tone: "bad" | "warn";
  title: string;
  hint: string;
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
}

export interface Result {
  masked: string;
  expires_utc: string | null;
  title: string;
  folder: string;
  variable: string;
  environ: string[];
  code: string;
  preview: Preview | null;
}

export interface State {
  phase: Phase;
  revision: number;
  portal: { url: string; practice: boolean; name: string };
  practice_available: boolean;
  account: Account | null;
  presets: Preset[];
  lifetimes: { days: number; label: string }[];
  max_days: number;
  draft: DraftFields;
  errors: Errors;
  alert: Alert | null;
  progress: Progress[];
  result: Result | null;
}

/** Every question the page may ask, with what the answer holds. */
export interface Answers {
  look: { state: State };
  draft: { errors: Errors };
  "sign-in": object;
  practice: object;
  items: { items: FoundItem[]; total: number; next_start: number | null };
  folders: { folders: string[] };
  create: object;
  cancel: object;
  reveal: object;
  copy: object;
  tile: object;
  another: object;
  "sign-out": object;
  forget: object;
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
