/** The side panel: a form as in a cell, in the kernel of the notebook in front; opened only when somebody asks for it. */

import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Kernel } from "@jupyterlab/services";
import { PanelLayout, Widget } from "@lumino/widgets";
import { kernelOf, type NotebookPanel, notebookOf, runsPython } from "./notebook";
import { words } from "./words";

const VIEW = "application/vnd.jupyter.widget-view+json";
/** Shows a form that nothing in the notebook holds: the module keeps it, and the history has no trace of it. */
const show = (view: string, portal: string) =>
  `display(__import__("arcgis_keywidget.form.panel", fromlist=["panel_form"])` +
  `.panel_form(${JSON.stringify(view)}, ${JSON.stringify(portal)}))`;

/** What the person has set. */
export interface Settings {
  /** A portal's address, or `practice`; empty for what the kernel's configuration says. */
  portal: string;
  /** The code of *Insert a cell*. */
  code: string;
}

export class SidePanel extends Widget {
  readonly #app: JupyterFrontEnd;
  readonly #settings: Settings;
  readonly #shown = new Map<string, Widget>();

  constructor(app: JupyterFrontEnd, settings: Settings) {
    super();
    this.#app = app;
    this.#settings = settings;
    this.addClass("akw-lab-panel");
    this.node.style.minWidth = "320px"; // what the form is drawn for; JupyterLab's own rule beats that of a class
    this.layout = new PanelLayout();
    this.draw();
  }

  /** Show the form of the kernel in front, or how to open one. */
  draw(): void {
    const kernel = kernelOf(notebookOf(this.#app));
    const form = kernel && this.#shown.get(kernel.id);
    this.#put(form ?? this.#offer(kernel ? words.openHint : words.noNotebook, Boolean(kernel)));
  }

  /** Open the form in the kernel in front: the code runs because somebody pressed for it. */
  async open(view: "new" | "keys"): Promise<void> {
    const panel = notebookOf(this.#app);
    const kernel = kernelOf(panel);
    if (!panel || !kernel || !(await runsPython(kernel)))
      return this.#put(this.#offer(words.noNotebook, false));
    this.#put(this.#offer(words.opening, false));
    const id = kernel.id;
    try {
      const form = await this.#render(panel, await runForModel(kernel, show(view, this.#settings.portal)));
      this.#shown.set(id, form);
      form.disposed.connect(() => this.#shown.delete(id));
      this.draw();
      focusInto(form.node);
    } catch (error) {
      this.#put(this.#offer((error as Error).message, true));
    }
  }

  /** A restarted kernel has no form any more. */
  forget(kernel: string): void {
    this.#shown.get(kernel)?.dispose();
    this.#shown.delete(kernel);
    this.draw();
  }

  async #render(panel: NotebookPanel, data: object): Promise<Widget> {
    const renderer = panel.content.rendermime.createRenderer(VIEW);
    await renderer.renderModel({ data, metadata: {}, trusted: true, setData: () => {} });
    return renderer;
  }

  #offer(text: string, may: boolean): Widget {
    const widget = new Widget();
    widget.addClass("akw-lab-offer");
    const words_ = document.createElement("p");
    words_.textContent = text;
    widget.node.append(words_);
    if (may) widget.node.append(this.#button());
    return widget;
  }

  #button(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "jp-mod-styled";
    button.textContent = words.open;
    button.addEventListener("click", () => void this.open("new"));
    return button;
  }

  #put(widget: Widget): void {
    const layout = this.layout as PanelLayout;
    for (const old of [...layout.widgets]) if (old !== widget) layout.removeWidget(old);
    if (!layout.widgets.includes(widget)) layout.addWidget(widget);
  }
}

/** Put the focus on the first control of a form, as soon as there is one and unless the person went elsewhere. */
function focusInto(node: HTMLElement): void {
  const from = document.activeElement;
  const went = () => document.activeElement !== from && document.activeElement !== document.body;
  const tryAll = () => {
    // What is not shown, such as a folded field, takes no focus.
    const controls = node.querySelectorAll<HTMLElement>("input, select, button");
    if (went() || [...controls].some(takesFocus)) observer.disconnect();
  };
  const observer = new MutationObserver(tryAll);
  observer.observe(node, { childList: true, subtree: true, attributes: true });
  tryAll();
}

function takesFocus(control: HTMLElement): boolean {
  control.focus();
  return document.activeElement === control;
}

/** Run code that shows one widget, and return what it shows. */
async function runForModel(kernel: Kernel.IKernelConnection, code: string): Promise<object> {
  let data: object | null = null;
  let failure = "";
  const future = kernel.requestExecute({ code, store_history: false });
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "display_data") {
      const { data: shown } = content as { data: Record<string, unknown> };
      if (VIEW in shown) data = shown;
    }
    if (header.msg_type === "error") failure = (content as { ename: string }).ename;
  };
  await future.done;
  if (data) return data;
  throw new Error(failure === "ModuleNotFoundError" ? words.noPackage : words.failed);
}
