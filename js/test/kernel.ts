/** The kernel's end of the wire: it records what the page sends and says what a test tells it to. */

import { vi } from "vitest";
import type { Model } from "../src/form/channel";
import { Form } from "../src/form/form";
import type { FieldName, Phase, Snapshot, State } from "../src/form/protocol";
import * as wizard from "../src/form/wizard";
import { SHELF } from "../src/map/code";

export interface Sent {
  kind: string;
  id: string;
  buffers: ArrayBuffer[];
  [part: string]: unknown;
}

type Listener = (...news: never[]) => void;

export class Kernel {
  readonly sent: Sent[] = [];
  readonly listeners = new Map<string, Set<Listener>>();
  readonly model: Model;
  snapshot: Snapshot = { phase: "signed-out", step: "", revision: 1 };

  constructor() {
    this.model = {
      get: () => this.snapshot,
      on: (event: string, listener: Listener) => void this.#of(event).add(listener),
      off: (event: string, listener: Listener) => void this.#of(event).delete(listener),
      send: (message: Omit<Sent, "buffers">, _callbacks?: unknown, buffers: ArrayBuffer[] = []) =>
        void this.sent.push({ ...message, buffers } as Sent),
    } as unknown as Model;
  }

  /** The questions of one kind, in their order. */
  asked(kind: string): Sent[] {
    return this.sent.filter((message) => message.kind === kind);
  }

  say(message: object, buffers: DataView[] = []): void {
    this.emit("msg:custom", message, buffers);
  }

  push(state: State): void {
    this.say({ kind: "state", state });
  }

  /** Answer the last question of a kind. */
  async answer(kind: string, body: object = {}, text?: string): Promise<void> {
    const buffers = text === undefined ? [] : [new DataView(new TextEncoder().encode(text).buffer)];
    this.say({ kind: "answer", re: this.asked(kind).at(-1)?.id, ok: true, ...body }, buffers);
    await settle();
  }

  async refuse(kind: string, title: string, hint: string, field?: FieldName): Promise<void> {
    this.say({ kind: "answer", re: this.asked(kind).at(-1)?.id, ok: false, error: { title, hint, field } });
    await settle();
  }

  emit(event: string, ...news: unknown[]): void {
    for (const listener of [...this.#of(event)]) listener(...(news as never[]));
  }

  #of(event: string): Set<Listener> {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners);
    return listeners;
  }
}

/** Let promises run that wait for nothing but each other. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

const ADA = {
  username: "ada",
  full_name: "Ada Lovelace",
  organization: "GIS 101",
  kind: "online" as const,
  can_create: true,
  missing: [],
  kind_certain: true,
  role: "Publisher",
  user_type: "Creator",
  notes: [],
} satisfies State["account"];

const PRESETS = [
  { id: "basemaps", title: "Show basemaps", text: "Styles", needs_item: false, cost: "" },
  { id: "layer", title: "Basemaps + my layer", text: "One item", needs_item: true, cost: "" },
];

/** A state of the form, as the kernel describes it. */
export function makeState(
  phase: Phase,
  part: Partial<State> = {},
  draft: Partial<State["draft"]> = {},
): State {
  return {
    phase,
    revision: 1,
    portal: { url: "https://www.arcgis.com", practice: false, name: "ArcGIS Online" },
    portals: [{ url: "https://www.arcgis.com", title: "ArcGIS Online or Location Platform", client: false }],
    methods: ["password", "browser", "token", "key"],
    key_variables: [],
    practice_available: true,
    account: phase === "signed-out" ? null : ADA,
    presets: PRESETS,
    lifetimes: [
      { days: 1, label: "1 day" },
      { days: 7, label: "7 days" },
    ],
    max_days: 365,
    max_items: 100,
    locked: [],
    transcript: { count: 0, milliseconds: 0 },
    draft: {
      portal: "https://www.arcgis.com",
      username: "",
      method: "password",
      client_id: "",
      ca_file: "",
      referrer: "",
      view: "quick",
      preset: "basemaps",
      private: false,
      privileges: ["premium:user:basemaps"],
      items: [],
      days: 7,
      ends: "",
      referrers: "",
      title: "Notebook key",
      summary: "",
      tags: [],
      folder: "",
      generate: true,
      ephemeral: false,
      ...draft,
    },
    errors: {},
    alert: null,
    progress: [],
    result: null,
    ...part,
  };
}

export const RESULT: NonNullable<State["result"]> = {
  masked: "AAPT••••AT1_••••",
  expires_utc: "2099-11-30T23:59:00+00:00",
  title: "Notebook key",
  folder: "Developer credentials",
  opens: ["Basemap styles service"],
  brought: false,
  item_url: "",
  variable: "arcgis_api_key",
  environ: ["ARCGIS_API_KEY"],
  code: "from arcgis_keywidget import fetch_tile",
  preview: null,
  check: null,
  former: null,
  keeping: null,
  ephemeral: false,
};

export interface Opened {
  kernel: Kernel;
  form: Form;
  root: HTMLElement;
  find<E extends HTMLElement = HTMLElement>(selector: string): E;
  press(label: string): HTMLButtonElement;
}

let views = 0;

/** Have the page know the wizard already, as after its first opening. */
function shelve(): void {
  const page = globalThis as { [SHELF]?: Map<string, Promise<unknown>> };
  page[SHELF] = new Map([[`wizard-${WIZARD_HASH}`, Promise.resolve(wizard)]]);
}

/** Open a view whose first look is answered with a state. */
export async function open(state: State, kernel = new Kernel()): Promise<Opened> {
  shelve();
  const root = document.createElement("div");
  document.body.append(root);
  const form = new Form(kernel.model, root, `view-${++views}`);
  await kernel.answer("look", { state });
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  return { kernel, form, root, find, press: (label) => press(root, label) };
}

function press(root: HTMLElement, label: string): HTMLButtonElement {
  const named = (button: Element) => (button.getAttribute("aria-label") ?? button.textContent) === label;
  const button = [...root.querySelectorAll("button")].find((one) => named(one) && !one.closest("[hidden]"));
  if (!button) throw new Error(`no button is called ${label}`);
  button.focus();
  button.click();
  return button;
}

/** Type into a field as a person does: the focus is in it, and it tells of its input. */
export function type(input: HTMLInputElement, text: string): void {
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Let time pass, and what was due in it happen. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}
