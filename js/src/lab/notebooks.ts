/** The notebooks of the page: the last one that was in front, and the kernels of all. */

import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Kernel } from "@jupyterlab/services";
import { kernelOf, type NotebookPanel, notebookOf } from "./notebook";

/** Who follows the notebooks. */
export interface Follower {
  /** A notebook has this kernel now. */
  kernel(kernel: Kernel.IKernelConnection): void;
  /** A kernel starts anew, or is dead. */
  lost(kernel: string): void;
  /** A notebook has another kernel, or was closed: what was shown by its means is dead. */
  left(panel: NotebookPanel): void;
  /** Another notebook was brought to the front, or the last one's kernel is another. */
  changed(): void;
}

const LOST: ReadonlySet<string> = new Set(["restarting", "autorestarting", "dead"]);

export class Notebooks {
  readonly #app: JupyterFrontEnd;
  #last: NotebookPanel | null = null;

  constructor(app: JupyterFrontEnd) {
    this.#app = app;
  }

  /** The notebook in front; where something else is, such as a file or a console, the last that was. */
  get last(): NotebookPanel | null {
    const front = notebookOf(this.#app);
    if (front) this.#last = front;
    return this.#last?.isDisposed ? null : this.#last;
  }

  /** Follow every notebook, also those behind: a page closes the line of a kernel to which it does not listen. */
  follow(follower: Follower): void {
    this.#app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel) => void this.#attend(panel as unknown as NotebookPanel, follower),
    });
    const shell = this.#app.shell as JupyterFrontEnd.IShell & {
      currentChanged?: { connect(slot: () => void): void };
    };
    shell.currentChanged?.connect(() => follower.changed());
    void this.#app.restored.then(() => follower.changed());
  }

  #attend(panel: NotebookPanel, follower: Follower): void {
    const { sessionContext } = panel;
    const hear = () => {
      const kernel = kernelOf(panel);
      if (kernel) follower.kernel(kernel);
      follower.left(panel);
      follower.changed();
    };
    sessionContext.kernelChanged.connect(hear);
    sessionContext.statusChanged.connect((context, status) => {
      const kernel = context.session?.kernel;
      if (kernel && LOST.has(status)) follower.lost(kernel.id);
    });
    panel.disposed.connect(() => {
      follower.left(panel);
      follower.changed();
    });
    hear();
  }
}
