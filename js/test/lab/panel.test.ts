import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NotebookPanel } from "../../src/lab/notebook";
import { SidePanel } from "../../src/lab/panel";
import { settle } from "../kernel";
import { makeNotebook, Wire } from "./kernel";

let front: NotebookPanel | null;
let panel: SidePanel;

/** Bring a notebook to the front. */
function bring(notebook: NotebookPanel | null): void {
  front = notebook;
  panel.draw();
}

/** Open the form in the notebook in front, whose kernel answers. */
async function openIn(wire: Wire): Promise<HTMLElement> {
  void panel.open("keys");
  await settle();
  wire.show();
  await settle();
  return panel.node.querySelector("section") as HTMLElement;
}

describe("the side panel", () => {
  let wire: Wire;
  let trees: ReturnType<typeof makeNotebook>;

  beforeEach(() => {
    wire = new Wire("one");
    trees = makeNotebook("maps/trees.ipynb", wire);
    front = trees;
    panel = new SidePanel(() => front, { portal: "", code: "" });
    Widget.attach(panel, document.body);
  });
  afterEach(() => {
    panel.dispose();
    document.body.replaceChildren();
  });

  it("names the notebook in whose kernel it works", async () => {
    expect(panel.node.textContent).toContain("in the kernel of trees.ipynb");
    await openIn(wire);
    expect(panel.title.caption).toBe("ArcGIS API key: trees.ipynb");
  });

  it("leaves the focus to somebody who went on typing while the kernel was busy", async () => {
    const cell = document.body.appendChild(document.createElement("textarea"));
    void panel.open("keys");
    await settle();
    cell.focus();
    cell.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true }));
    wire.show();
    await settle();
    expect(panel.node.querySelector("section")).not.toBeNull();
    expect(document.activeElement).toBe(cell);
  });

  it("takes the focus of somebody who waits, wherever JupyterLab has put it", async () => {
    const cell = document.body.appendChild(document.createElement("textarea"));
    void panel.open("keys");
    await settle();
    cell.focus();
    wire.show();
    await settle();
    expect(document.activeElement).toBe(panel.node.querySelector("input"));
  });

  it("has each kernel's form, with what was typed in it", async () => {
    const form = await openIn(wire);
    (form.querySelector("input") as HTMLInputElement).value = "ada";
    bring(makeNotebook("other.ipynb", new Wire("two")));
    expect(panel.node.querySelector("section")).toBeNull();
    bring(trees);
    expect(panel.node.querySelector("section")).toBe(form);
    expect(form.querySelector("input")?.value).toBe("ada");
  });

  it("tells a failure where it happened, and not in front of another notebook", async () => {
    void panel.open("keys");
    await settle();
    bring(makeNotebook("other.ipynb", new Wire("two")));
    wire.fail(new Error("Canceled future for execute_request message before replies were done"));
    await settle();
    expect(panel.node.textContent).toContain("in the kernel of other.ipynb");
    bring(trees);
    expect(panel.node.textContent).toContain("The form could not be opened in this kernel.");
    expect(panel.node.querySelector("button")).not.toBeNull();
  });

  it("asks once, however often it is pressed, and spares the cells that wait", async () => {
    void panel.open("keys");
    void panel.open("keys");
    await settle();
    bring(trees);
    expect(panel.node.querySelector("button")).toBeNull();
    expect(wire.asked).toHaveLength(1);
    expect(wire.asked[0]?.stop_on_error).toBe(false);
  });

  it("lets go of the form that another one takes the place of", async () => {
    const first = await openIn(wire);
    const second = await openIn(wire);
    expect(second).not.toBe(first);
    expect(panel.node.querySelectorAll("section")).toHaveLength(1);
    bring(trees);
    expect(panel.node.querySelector("section")).toBe(second);
  });

  it("has no form any more once its notebook is closed, or has another kernel", async () => {
    await openIn(wire);
    trees.wire = new Wire("two");
    panel.leave(trees);
    trees.wire = wire;
    bring(trees);
    expect(panel.node.querySelector("section")).toBeNull();
    await openIn(wire);
    trees.dispose();
    panel.leave(trees);
    bring(makeNotebook("maps/trees.ipynb", wire));
    expect(panel.node.querySelector("section")).toBeNull();
    expect(panel.node.textContent).toContain("Open the form here");
  });

  it("does not keep a form whose notebook went while it came", async () => {
    void panel.open("keys");
    await settle();
    trees.dispose();
    bring(makeNotebook("maps/trees.ipynb", wire));
    wire.show();
    await settle();
    expect(panel.node.querySelector("section")).toBeNull();
  });

  it("runs nothing in another language", async () => {
    wire.language = "R";
    await panel.open("keys");
    expect(wire.asked).toEqual([]);
    expect(panel.node.textContent).toBe(
      "Open a notebook with a Python kernel; the form works in its kernel.",
    );
  });
});
