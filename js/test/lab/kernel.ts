/** A kernel and its notebook as JupyterLab hands them out, for what a test says of them. */

import type { Kernel } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import type { NotebookPanel } from "../../src/lab/notebook";

const VIEW = "application/vnd.jupyter.widget-view+json";

export interface Line {
  commId: string;
  onMsg(message: object): void;
  sent: unknown[];
  send(data: unknown): void;
}

/** What a test drives: what the kernel says, and what was asked of it. */
export class Wire {
  readonly asked: { code: string; stop_on_error: boolean }[] = [];
  readonly lines = new Map<string, Line>();
  language = "python";
  /** Ids of the lines that the kernel holds. */
  held: string[] = [];
  finish: (news?: object) => void = () => {};
  fail: (error: Error) => void = () => {};
  open: (line: Line, told: object) => void = () => {};
  readonly kernel: Kernel.IKernelConnection;
  readonly status: Signal<object, string>;
  readonly connection: Signal<object, string>;

  constructor(id: string) {
    const wire = this;
    const owner = {};
    this.status = new Signal(owner);
    this.connection = new Signal(owner);
    this.kernel = {
      id,
      get info() {
        return Promise.resolve({ language_info: { name: wire.language } });
      },
      statusChanged: this.status,
      connectionStatusChanged: this.connection,
      registerCommTarget: (_: string, take: (line: Line, open: object) => void) => {
        wire.open = (line, data) => take(line, { content: { data } });
      },
      requestCommInfo: async () => ({
        content: { status: "ok", comms: Object.fromEntries(wire.held.map((one) => [one, {}])) },
      }),
      hasComm: (one: string) => wire.lines.has(one),
      createComm: (_: string, one: string) => {
        const line = makeLine(one);
        wire.lines.set(one, line);
        return line;
      },
      requestExecute: (content: { code: string; stop_on_error: boolean }) => wire.#run(content),
    } as unknown as Kernel.IKernelConnection;
  }

  #run(content: { code: string; stop_on_error: boolean }): object {
    this.asked.push(content);
    const future: { onIOPub?: (message: object) => void; done: Promise<void> } = {
      done: new Promise((resolve, reject) => {
        this.finish = (news) => {
          if (news) future.onIOPub?.(news);
          resolve();
        };
        this.fail = reject;
      }),
    };
    return future;
  }

  /** The kernel has made the form. */
  show(): void {
    this.finish({ header: { msg_type: "display_data" }, content: { data: { [VIEW]: {} } } });
  }
}

export function makeLine(commId: string): Line {
  const sent: unknown[] = [];
  return { commId, sent, onMsg: () => {}, send: (data) => void sent.push(data) };
}

/** A notebook of a kernel; what it renders holds one input. */
export function makeNotebook(path: string, wire: Wire | null): NotebookPanel & { wire: Wire | null } {
  const panel = new Widget() as unknown as NotebookPanel & { wire: Wire | null };
  const createRenderer = () =>
    Object.assign(new Widget({ node: document.createElement("section") }), {
      renderModel(this: Widget): Promise<void> {
        this.node.append(document.createElement("input"));
        return Promise.resolve();
      },
    });
  return Object.assign(panel, {
    wire,
    context: { path, ready: Promise.resolve() },
    sessionContext: {
      get session() {
        return panel.wire && { kernel: panel.wire.kernel };
      },
    },
    content: { rendermime: { createRenderer } },
  }) as unknown as NotebookPanel & { wire: Wire | null };
}
