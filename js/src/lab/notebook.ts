/** The notebook in front, by what it has: its classes come with JupyterLab, and are not imported for this. */

import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import type { Widget } from "@lumino/widgets";

interface Renderer extends Widget {
  renderModel(model: object): Promise<void>;
}

export interface NotebookPanel extends Widget {
  context: { path: string; ready: Promise<void> };
  sessionContext: ISessionContext;
  model: { toJSON(): unknown; sharedModel: { insertCell(index: number, cell: object): void } } | null;
  content: {
    activeCell: object | null;
    activeCellIndex: number;
    deselectAll(): void;
    rendermime: { createRenderer(type: string): Renderer };
  };
}

/** The notebook that is in front, or null. */
export function notebookOf(app: JupyterFrontEnd): NotebookPanel | null {
  const panel = app.shell.currentWidget as Partial<NotebookPanel> | null;
  const fits = panel?.sessionContext && panel.content && "activeCell" in panel.content;
  return fits ? (panel as NotebookPanel) : null;
}

/** Its kernel, or null. */
export function kernelOf(panel: NotebookPanel | null): Kernel.IKernelConnection | null {
  return panel?.sessionContext.session?.kernel ?? null;
}

/** Whether a kernel runs Python. */
export async function runsPython(kernel: Kernel.IKernelConnection): Promise<boolean> {
  return (await kernel.info).language_info.name === "python";
}

/** Whether Python runs in a notebook, as far as its kernel is known; where there is none, JupyterLab asks for one. */
export async function takesPython(panel: NotebookPanel): Promise<boolean> {
  await panel.sessionContext.ready;
  const kernel = kernelOf(panel);
  return !kernel || (await runsPython(kernel));
}

/**
 * Put code in a new cell below the one in front, and run it if told. JupyterLab's own command would make a cell
 * of the kind that the person has set, such as Markdown.
 */
export async function insertCell(
  app: JupyterFrontEnd,
  panel: NotebookPanel,
  code: string,
  run: boolean,
): Promise<void> {
  app.shell.activateById(panel.id);
  await panel.context.ready;
  const { content, model } = panel;
  const index = content.activeCell ? content.activeCellIndex + 1 : 0;
  model?.sharedModel.insertCell(index, { cell_type: "code", source: code, metadata: { trusted: true } });
  content.deselectAll(); // what is selected runs
  content.activeCellIndex = index;
  if (run) await app.commands.execute("notebook:run-cell");
}

/** Make a notebook with a Python kernel, the default one if that is Python, and wait for it; null where it gets another. */
export async function newNotebook(app: JupyterFrontEnd, cwd: string): Promise<NotebookPanel | null> {
  const { kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const specs = kernelspecs.specs?.kernelspecs ?? {};
  const python = [kernelspecs.specs?.default ?? "", ...Object.keys(specs)].find(
    (name) => specs[name]?.language === "python",
  );
  const asked = python ? { cwd, kernelName: python } : { cwd }; // without one, JupyterLab asks the person
  const made = (await app.commands.execute("notebook:create-new", asked)) as NotebookPanel | undefined;
  return made && (await takesPython(made)) ? made : null;
}
