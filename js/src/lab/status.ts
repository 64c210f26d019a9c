/** The status bar's item: the key of the kernel in front, and how long it lives on. The kernel tells it; no code is run. */

import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Kernel } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { kernelOf, notebookOf, runsPython } from "./notebook";
import { words } from "./words";

/** Name of the comm's target; arcgis_keywidget/session/status.py has the same. */
const TARGET = "arcgis-keywidget.status";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a kernel tells of its key; empty for none. */
export interface Told {
  /** The kernel has started anew since it told this: the key went with it. */
  gone?: boolean;
  title?: string;
  masked?: string;
  portal?: string;
  ends_utc?: string | null;
}

/** Hears what kernels tell, each once. */
export class Kernels {
  readonly #told = new Map<string, Told>();
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
    kernel.registerCommTarget(TARGET, (comm, open) =>
      this.#attend(kernel.id, comm, open.content.data as Told),
    );
    kernel.statusChanged.connect((_, status) => {
      if (status !== "restarting" && status !== "autorestarting" && status !== "dead") return;
      const last = this.of(kernel);
      if (last.masked) this.#told.set(kernel.id, { ...last, gone: true });
      this.#changed();
    });
    if (!(await runsPython(kernel))) return; // not every other kernel answers what it does not know
    const { content } = await kernel.requestCommInfo({ target_name: TARGET });
    for (const id of content.status === "ok" ? Object.keys(content.comms) : []) {
      if (kernel.hasComm(id)) continue;
      const comm = kernel.createComm(TARGET, id);
      this.#attend(kernel.id, comm, {});
      comm.send({ kind: "look" });
    }
  }

  #attend(kernel: string, comm: Kernel.IComm, first: Told): void {
    const take = (told: Told) => {
      this.#told.set(kernel, told);
      this.#changed();
    };
    comm.onMsg = ({ content }) => take(content.data as Told);
    if (first.masked) take(first);
  }
}

/** The item: a button that opens the list of keys. */
export class StatusItem extends Widget {
  readonly #app: JupyterFrontEnd;
  readonly #button = document.createElement("button");
  readonly kernels = new Kernels(() => this.draw());
  /** Sent when the item comes or goes: a status bar keeps what is hidden out of the way by this alone. */
  readonly activeChanged = new Signal<this, void>(this);
  readonly #timer = window.setInterval(() => this.draw(), MINUTE);
  /** Days below which the item warns. */
  warnBelow = 3;
  /** Whether the person wants to see it. */
  wanted = true;
  /** Whether there is something to show. */
  active = false;

  constructor(app: JupyterFrontEnd, open: () => void) {
    super();
    this.#app = app;
    this.addClass("akw-lab-status");
    this.#button.type = "button";
    this.#button.addEventListener("click", open);
    this.node.append(this.#button);
    this.draw();
  }

  override dispose(): void {
    window.clearInterval(this.#timer);
    super.dispose();
  }

  /** Show the key of the notebook in front. */
  draw(): void {
    const told = this.kernels.of(kernelOf(notebookOf(this.#app)));
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
  const { title, masked, portal, ends_utc } = told;
  if (!masked) return { text: "", title: "", tone: "none" };
  if (told.gone) return { text: `✕ ${words.gone(title || masked)}`, title: words.goneTitle, tone: "ended" };
  const rest = ends_utc ? Date.parse(ends_utc) - now : Number.NaN;
  const tone = rest <= 0 ? "ended" : rest < warnBelow * DAY ? "soon" : "good";
  const mark = { good: "", soon: "▲ ", ended: "✕ " }[tone];
  const host = portal ? new URL(portal).host : "";
  const until = ends_utc ? new Date(ends_utc).toLocaleString() : "";
  return {
    text: mark + words.status(title || masked, left(rest)),
    title: words.statusTitle(host, until),
    tone,
  };
}

function left(rest: number): string {
  if (Number.isNaN(rest)) return words.endless;
  if (rest <= 0) return words.ended;
  if (rest >= DAY) return words.days(Math.floor(rest / DAY));
  return rest >= HOUR ? words.hours(Math.floor(rest / HOUR)) : words.soon;
}
