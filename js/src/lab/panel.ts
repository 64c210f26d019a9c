/** The side panel: a form as in a cell, in the kernel of the notebook that was last in front; opened only when somebody asks for it. */

import type { Kernel } from "@jupyterlab/services";
import { PanelLayout, SplitLayout, Widget } from "@lumino/widgets";
import { Hands } from "./hands";
import { kernelOf, type NotebookPanel, runsPython } from "./notebook";
import { words } from "./words";

const VIEW = "application/vnd.jupyter.widget-view+json";
const LEAST_WIDTH = "320px"; // what the form is drawn for
/**
 * Shows a form that nothing in the notebook holds: the module keeps it, and the history has no trace of it. Names
 * of the notebook, such as `display`, may be something else there.
 */
const show = (view: string, portal: string) =>
  `__import__("IPython.display", fromlist=["display"]).display(` +
  `__import__("arcgis_keywidget.form.panel", fromlist=["panel_form"])` +
  `.panel_form(${JSON.stringify(view)}, ${JSON.stringify(portal)}))`;

/** What the person has set. */
export interface Settings {
  /** A portal's address, or `practice`; empty for what the kernel's configuration says. */
  portal: string;
  /** The code of *Insert a cell*. */
  code: string;
}

/** A form, and the notebook by whose means it is shown: it dies with it. */
interface Shown {
  form: Widget;
  by: NotebookPanel;
}

export class SidePanel extends Widget {
  readonly #notebook: () => NotebookPanel | null;
  readonly #settings: Settings;
  readonly #shown = new Map<string, Shown>();
  /** What there is to say in the place of a form, by kernel. */
  readonly #said = new Map<string, string>();

  /** @param notebook gives the one in whose kernel the form works */
  constructor(notebook: () => NotebookPanel | null, settings: Settings) {
    super();
    this.#notebook = notebook;
    this.#settings = settings;
    this.addClass("akw-lab-panel");
    this.node.style.minWidth = LEAST_WIDTH; // JupyterLab's own rule beats that of a class
    this.layout = new PanelLayout();
    this.draw();
  }

  /** Show the form of the notebook's kernel, or how to open one. */
  draw(): void {
    const panel = this.#notebook();
    const kernel = kernelOf(panel);
    if (!panel || !kernel) {
      this.#put(this.#offer(words.noNotebook, false));
      return;
    }
    const { form } = this.#shown.get(kernel.id) ?? {};
    const said = this.#said.get(kernel.id) ?? words.openHint(nameOf(panel));
    this.#put(form ?? this.#offer(said, said !== words.opening && said !== words.noNotebook));
    this.title.caption = form ? `${words.panel}: ${nameOf(panel)}` : words.panel;
  }

  /** Open the form in the notebook's kernel: the code runs because somebody pressed for it. */
  async open(view: "new" | "keys"): Promise<void> {
    const panel = this.#notebook();
    const kernel = kernelOf(panel);
    if (!panel || !kernel) return this.draw();
    const { id } = kernel;
    if (this.#said.get(id) === words.opening) return;
    const hands = new Hands();
    this.#say(id, words.opening);
    try {
      if (!(await runsPython(kernel))) throw new Refusal(words.noNotebook);
      const form = await this.#render(panel, await runForModel(kernel, show(view, this.#settings.portal)));
      this.#said.delete(id);
      this.#keep(id, { form, by: panel });
    } catch (error) {
      this.forget(id);
      this.#say(id, error instanceof Refusal ? error.message : words.failed);
    }
    focusInto(this.node, hands);
  }

  /** A restarted kernel has no form any more. */
  forget(kernel: string): void {
    this.#shown.get(kernel)?.form.dispose();
    this.#shown.delete(kernel);
    this.draw();
  }

  /** What a notebook shows of a kernel is dead once it is closed, or has another kernel. */
  leave(panel: NotebookPanel): void {
    const kernel = panel.isDisposed ? null : kernelOf(panel);
    for (const [id, { by }] of [...this.#shown]) if (by === panel && id !== kernel?.id) this.forget(id);
  }

  protected override onAfterShow(): void {
    this.#ask(LEAST_WIDTH);
  }

  protected override onAfterHide(): void {
    this.#ask("");
  }

  /** Ask the side of the page for a width: in Notebook 7 it does not ask what is in it. */
  #ask(width: string): void {
    let side: Widget = this;
    while (side.parent && !(side.parent.layout instanceof SplitLayout)) side = side.parent;
    if (!side.parent) return;
    side.node.style.minWidth = width;
    side.parent.fit();
  }

  #say(kernel: string, words_: string): void {
    this.#said.set(kernel, words_);
    this.draw();
  }

  #keep(kernel: string, shown: Shown): void {
    this.#shown.get(kernel)?.form.dispose();
    this.#shown.set(kernel, shown);
    shown.form.disposed.connect(() => {
      if (this.#shown.get(kernel) === shown) this.#shown.delete(kernel);
    });
    this.leave(shown.by); // it may have gone meanwhile
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

/** A reason in words of ours; Jupyter's own are not for people. */
class Refusal extends Error {}

function nameOf({ context }: NotebookPanel): string {
  return context.path.split("/").at(-1) ?? "";
}

/** Put the focus on the first control there, as soon as there is one and unless the person does something else. */
function focusInto(node: HTMLElement, hands: Hands): void {
  const tryAll = () => {
    // What is not shown, such as a folded field, takes no focus.
    const controls = node.querySelectorAll<HTMLElement>("input, select, button");
    if (!hands.moved && ![...controls].some(takesFocus)) return;
    observer.disconnect();
    hands.stop();
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
  const future = kernel.requestExecute({ code, store_history: false, stop_on_error: false });
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "display_data") {
      const { data: shown } = content as { data: Record<string, unknown> };
      if (VIEW in shown) data = shown;
    }
    if (header.msg_type === "error") failure = (content as { ename: string }).ename;
  };
  await future.done;
  if (data) return data;
  throw new Refusal(failure === "ModuleNotFoundError" ? words.noPackage : words.failed);
}
