/** The status bar's item: the key of the kernel in front, and how long it lives on. The kernel tells it; no code is run. */

import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Kernel } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import { kernelOf, notebookOf } from "./notebook";
import { words } from "./words";

/** Name of the comm's target; arcgis_keywidget/session/status.py has the same. */
const TARGET = "arcgis-keywidget.status";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a kernel tells of its key; empty for none. */
export interface Told {
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
      this.#told.delete(kernel.id);
      this.#changed();
    });
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

export class StatusItem extends Widget {
  readonly #app: JupyterFrontEnd;
  readonly kernels = new Kernels(() => this.draw());
  readonly #timer = window.setInterval(() => this.draw(), MINUTE);
  /** Days below which the item warns. */
  warnBelow = 3;

  constructor(app: JupyterFrontEnd) {
    super();
    this.#app = app;
    this.addClass("akw-lab-status");
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
    this.node.textContent = text;
    this.node.title = title;
    this.node.dataset.tone = tone;
    this.setHidden(!text);
  }
}

/** What the item says of a key. */
export function describe({ title, masked, portal, ends_utc }: Told, now: number, warnBelow: number) {
  if (!masked) return { text: "", title: "", tone: "none" };
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
