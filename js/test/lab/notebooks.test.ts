import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Signal } from "@lumino/signaling";
import { describe, expect, it, vi } from "vitest";
import { insertCell } from "../../src/lab/notebook";
import { Notebooks } from "../../src/lab/notebooks";
import { makeNotebook, Wire } from "./kernel";

/** An application with what follows notebooks; `add` is a new one, behind the others. */
function begin() {
  const shell = { currentWidget: null as object | null };
  let attend: (panel: object) => void = () => {};
  const docRegistry = {
    addWidgetExtension: (_: string, { createNew }: { createNew(panel: object): void }) => {
      attend = createNew;
    },
  };
  const app = { shell, docRegistry, restored: Promise.resolve() } as unknown as JupyterFrontEnd;
  const follower = { kernel: vi.fn(), lost: vi.fn(), left: vi.fn(), changed: vi.fn() };
  const notebooks = new Notebooks(app);
  notebooks.follow(follower);
  const add = (path: string, wire: Wire | null) => {
    const made = makeNotebook(path, wire);
    const { sessionContext } = made;
    const kernelChanged = new Signal<object, object>(sessionContext);
    const statusChanged = new Signal<object, string>(sessionContext);
    Object.assign(sessionContext, { kernelChanged, statusChanged });
    Object.assign(made.content, { activeCell: null });
    attend(made);
    return { made, kernelChanged, statusChanged };
  };
  return { shell, notebooks, follower, add };
}

describe("the notebooks of the page", () => {
  it("are kept to when something else comes to the front, until they are closed", () => {
    const { shell, notebooks, add } = begin();
    expect(notebooks.last).toBeNull();
    const { made } = add("a.ipynb", null);
    shell.currentWidget = made;
    expect(notebooks.last).toBe(made);
    shell.currentWidget = { sessionContext: {}, content: {} }; // such as a console
    expect(notebooks.last).toBe(made);
    made.dispose();
    expect(notebooks.last).toBeNull();
  });

  it("are listened to also behind, with every kernel that they get", () => {
    const { follower, add } = begin();
    const { made, kernelChanged } = add("a.ipynb", null);
    expect(follower.kernel).not.toHaveBeenCalled();
    const wire = new Wire("one");
    made.wire = wire;
    kernelChanged.emit({});
    expect(follower.kernel).toHaveBeenCalledWith(wire.kernel);
    made.dispose();
    expect(follower.left).toHaveBeenLastCalledWith(made);
  });

  it("lose their forms with a kernel that starts anew, by itself too", () => {
    const { follower, add } = begin();
    const { statusChanged } = add("a.ipynb", new Wire("one"));
    for (const status of ["busy", "idle"]) statusChanged.emit(status);
    expect(follower.lost).not.toHaveBeenCalled();
    for (const status of ["restarting", "autorestarting", "dead"]) statusChanged.emit(status);
    expect(follower.lost.mock.calls).toEqual([["one"], ["one"], ["one"]]);
  });
});

describe("code that is put in", () => {
  it("is a cell of its own below the one in front, and never another's", async () => {
    const notebook = makeNotebook("a.ipynb", null);
    const insert = vi.fn();
    const content = { activeCell: {}, activeCellIndex: 4, deselectAll: vi.fn() };
    Object.assign(notebook, { content, model: { sharedModel: { insertCell: insert } } });
    const commands = { execute: vi.fn() };
    const app = { shell: { activateById: vi.fn() }, commands } as unknown as JupyterFrontEnd;
    await insertCell(app, notebook, "1 + 1", true);
    const cell = { cell_type: "code", source: "1 + 1", metadata: { trusted: true } };
    expect(insert).toHaveBeenCalledWith(5, cell);
    expect(content.activeCellIndex).toBe(5);
    expect(commands.execute.mock.calls).toEqual([["notebook:run-cell"]]);
    Object.assign(content, { activeCell: null, activeCellIndex: -1 });
    await insertCell(app, notebook, "1 + 1", false);
    expect(insert).toHaveBeenLastCalledWith(0, cell);
  });
});
