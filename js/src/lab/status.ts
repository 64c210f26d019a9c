/** The status bar's item: the key of the kernel in front, and how long it lives on. The kernel tells it; no code is run. */

import type { Kernel } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { followTime, SOON_OF_A_DAY } from "../form/passing";
import { kernelOf, type NotebookPanel, runsPython } from "./notebook";
import { words } from "./words";

/** Name of the comm's target; arcgis_keywidget/session/status.py has the same. */
const TARGET = "arcgis-keywidget.status";
const HOUR = 3_600_000; // milliseconds
const DAY = 24 * HOUR;
const LONGEST = 30; // letters of a title in the status bar, which others need too; a portal allows 250

/** What a kernel tells of its key; empty for none. */
export interface Told {
  /** The kernel has started anew since it told this: the key went with it. */
  gone?: boolean;
  title?: string;
  masked?: string;
  portal?: string;
  ends_utc?: string | null;
  /** It ends with the kernel, and after a day at most. */
  ephemeral?: boolean;
}

/** Hears what kernels tell, each once. */
export class Kernels {
  readonly #told = new Map<string, Told>();
  readonly #lines = new Map<string, Kernel.IComm>();
  readonly #heard = new WeakSet<Kernel.IKernelConnection>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  of(kernel: Kernel.IKernelConnection | null): Told {
    return (kernel && this.#told.get(kernel.id)) ?? {};
  }

  /** Listen to a kernel, and ask what it has told already where this page is a new one. */
  async hear(kernel: Kernel.IKernelConnection): Promise<void> {
    if (this.#heard.has(kernel)) return;
    this.#heard.add(kernel);
    kernel.registerCommTarget(TARGET, (comm, open) => {
      this.#attend(kernel.id, comm);
      this.#take(kernel.id, open.content.data as Told);
    });
    kernel.statusChanged.connect((_, status) => {
      if (status !== "restarting" && status !== "autorestarting" && status !== "dead") return;
      const last = this.of(kernel);
      if (last.masked) this.#told.set(kernel.id, { ...last, gone: true });
      this.#changed();
    });
    await this.#ask(kernel);
    kernel.connectionStatusChanged.connect((_, status) => {
      if (status === "connected") this.#ask(kernel).catch(() => {});
    });
  }

  /** What was said while the page was away, asleep or not yet there, is not said again unasked. */
  async #ask(kernel: Kernel.IKernelConnection): Promise<void> {
    if (!(await runsPython(kernel))) return; // not every other kernel answers what it does not know
    const before = this.of(kernel);
    const { content } = await kernel.requestCommInfo({ target_name: TARGET });
    const lines = content.status === "ok" ? Object.keys(content.comms) : [];
    if (!lines.length && before === this.of(kernel) && !before.gone) this.#take(kernel.id, {});
    for (const id of lines) {
      if (!kernel.hasComm(id)) this.#attend(kernel.id, kernel.createComm(TARGET, id));
      this.#lines.get(id)?.send({ kind: "look" });
    }
  }

  #attend(kernel: string, comm: Kernel.IComm): void {
    this.#lines.set(comm.commId, comm);
    comm.onMsg = ({ content }) => this.#take(kernel, content.data as Told);
  }

  #take(kernel: string, told: Told): void {
    this.#told.set(kernel, told);
    this.#changed();
  }
}

/** The item: a button that opens the list of keys. */
export class StatusItem extends Widget {
  readonly #notebook: () => NotebookPanel | null;
  readonly #button = document.createElement("button");
  readonly kernels = new Kernels(() => this.draw());
  /** Sent when the item comes or goes: a status bar keeps what is hidden out of the way by this alone. */
  readonly activeChanged = new Signal<this, void>(this);
  readonly #stopTime = followTime(() => this.draw());
  /** Days below which the item warns. */
  warnBelow = 3;
  /** Whether the person wants to see it. */
  wanted = true;
  /** Whether there is something to show. */
  active = false;

  /** @param notebook gives the one whose kernel it tells of */
  constructor(notebook: () => NotebookPanel | null, open: () => void) {
    super();
    this.#notebook = notebook;
    this.addClass("akw-lab-status");
    this.#button.type = "button";
    this.#button.addEventListener("click", open);
    this.node.append(this.#button);
    this.draw();
  }

  override dispose(): void {
    this.#stopTime();
    super.dispose();
  }

  /** Show the key of the notebook. */
  draw(): void {
    const told = this.kernels.of(kernelOf(this.#notebook()));
    const { text, title, tone } = describe(told, Date.now(), this.warnBelow);
    this.#button.textContent = text;
    this.#button.title = title;
    this.node.dataset.tone = tone;
    this.active = Boolean(text) && this.wanted;
    this.setHidden(!this.active);
    this.activeChanged.emit();
  }
}

/** What the item says of a key. */
export function describe(told: Told, now: number, warnBelow: number) {
  const { title, masked, portal, ends_utc, ephemeral } = told;
  if (!masked) return { text: "", title: "", tone: "none" };
  const name = title || masked;
  const short = shortened(name);
  const full = (rest: string) => (short === name ? rest : words.fullTitle(name, rest));
  if (told.gone) return { text: `✕ ${words.gone(short)}`, title: full(words.goneTitle), tone: "ended" };
  const rest = ends_utc ? Date.parse(ends_utc) - now : Number.NaN;
  const soon = Math.min(warnBelow * DAY, ephemeral ? SOON_OF_A_DAY : Number.POSITIVE_INFINITY);
  const tone = rest <= 0 ? "ended" : rest < soon ? "soon" : "good";
  const mark = { good: "", soon: "▲ ", ended: "✕ " }[tone];
  const until = ends_utc ? new Date(ends_utc).toLocaleString() : "";
  return {
    text: mark + words.status(short, left(rest)),
    title: full(words.statusTitle(hostOf(portal ?? ""), until)),
    tone,
  };
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : name;
}

/** A key that somebody brings along may have its portal written without https, or anyhow. */
function hostOf(portal: string): string {
  try {
    return new URL(portal.includes("://") ? portal : `https://${portal}`).host;
  } catch {
    return portal;
  }
}

function left(rest: number): string {
  if (Number.isNaN(rest)) return words.endless;
  if (rest <= 0) return words.ended;
  if (rest >= DAY) return words.days(Math.floor(rest / DAY));
  return rest >= HOUR ? words.hours(Math.floor(rest / HOUR)) : words.soon;
}
