import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Form } from "../src/form/form";
import { Kernel, makeState, open, pass, RESULT, settle, type } from "./kernel";

const done = { name: "item", label: "Add the item", state: "done" } as const;
const waiting = { name: "register", label: "Register", state: "waiting" } as const;

describe("the form", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("looks at once and writes no trait", async () => {
    const { kernel } = await open(makeState("signed-out"));
    expect(kernel.sent.map(({ kind }) => kind)).toEqual(["look"]);
  });

  it("draws what the snapshot opens with, and keeps what is typed until the kernel answers", async () => {
    const kernel = new Kernel();
    kernel.snapshot = { ...kernel.snapshot, opening: makeState("signed-out") };
    const opened = open(makeState("signed-out", { key_variables: ["ARCGIS_API_KEY"] }), kernel);
    const username = document.querySelector<HTMLInputElement>('[name="username"]');
    if (!username) throw new Error("nothing is drawn");
    type(username, "ada");
    const { find } = await opened;
    expect(find('[name="username"]')).toBe(username);
    expect(username.value).toBe("ada");
    find('[value="key"]').click();
    expect(find(".akw-found").textContent).toContain("ARCGIS_API_KEY");
  });

  it("takes away what a saved snapshot opens with where no kernel answers", async () => {
    const kernel = new Kernel();
    kernel.snapshot = { ...kernel.snapshot, opening: makeState("signed-out") };
    const root = document.body.appendChild(document.createElement("div"));
    const form = new Form(kernel.model, root, "saved");
    await pass(14_000);
    expect(root.querySelector<HTMLElement>(".akw-place")?.hidden).toBe(false);
    await pass(1_000);
    expect(root.textContent).toContain("This form has lost its kernel; run the cell again.");
    expect(root.querySelector<HTMLElement>(".akw-place")?.hidden).toBe(true);
    form.close();
  });

  it("leaves the field being typed in alone when a state comes", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    const username = find<HTMLInputElement>('[name="username"]');
    type(username, "ada.lov");
    username.setSelectionRange(3, 3);
    kernel.push(makeState("signed-out", { revision: 2 }, { username: "someone" }));
    expect(username.value).toBe("ada.lov");
    expect(username.selectionStart).toBe(3);
    expect(document.activeElement).toBe(username);
    expect(find('[name="username"]')).toBe(username);
  });

  it("keeps what is not confirmed yet, and tells the kernel of it as soon as the form is left", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    const username = find<HTMLInputElement>('[name="username"]');
    type(username, "ada");
    expect(kernel.asked("draft")).toEqual([]);
    username.blur();
    kernel.push(makeState("signed-out", { revision: 2 }));
    expect(username.value).toBe("ada");
    expect(kernel.asked("draft")[0]?.draft).toEqual({ username: "ada" });
    await pass(300);
    expect(kernel.asked("draft")).toHaveLength(1);
  });

  it("shows what another view typed", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    kernel.push(makeState("signed-out", { revision: 2 }, { username: "grace" }));
    expect(find<HTMLInputElement>('[name="username"]').value).toBe("grace");
  });

  it("shows what another view is told of its draft, but not where it is being typed here", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    const field = find<HTMLInputElement>('[name="key-title"]');
    const { draft } = makeState("signed-in", {}, { title: "Of the other view" });
    kernel.say({ kind: "answer", re: "other-1", ok: true, errors: {}, draft });
    expect(field.value).toBe("Of the other view");
    type(field, "Mine");
    kernel.say({ kind: "answer", re: "other-2", ok: true, errors: {}, draft });
    expect(field.value).toBe("Mine");
  });

  it("ignores a state older than the one it shows", async () => {
    const { kernel, root } = await open(makeState("signed-in", { revision: 5 }));
    kernel.push(makeState("signed-out", { revision: 4 }));
    expect(root.textContent).toContain("What will this notebook do?");
  });

  it("moves the focus to the new step only if it was in the form", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    press("Sign in");
    kernel.push(makeState("signing-in", { revision: 2 }));
    expect(document.activeElement).toBe(find("h2"));
    const elsewhere = document.body.appendChild(document.createElement("input"));
    elsewhere.focus();
    kernel.push(makeState("signed-in", { revision: 3 }));
    expect(document.activeElement).toBe(elsewhere);
  });

  it("moves the focus to the first invalid field of a step that comes back", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    press("Sign in");
    kernel.push(makeState("signing-in", { revision: 2 }));
    kernel.push(makeState("signed-out", { revision: 3, errors: { password: "Wrong." } }));
    expect(document.activeElement).toBe(find('[name="password"]'));
  });

  it("asks for the state when the snapshot is newer and no push came", async () => {
    const { kernel } = await open(makeState("signed-out"));
    kernel.snapshot = { phase: "signed-in", step: "", revision: 2 };
    kernel.emit("change:snapshot");
    await pass(300);
    expect(kernel.asked("look")).toHaveLength(2);
  });

  it("does not ask when the push came in time", async () => {
    const { kernel } = await open(makeState("signed-out"));
    kernel.snapshot = { phase: "signed-in", step: "", revision: 2 };
    kernel.emit("change:snapshot");
    kernel.push(makeState("signed-in", { revision: 2 }));
    await pass(300);
    expect(kernel.asked("look")).toHaveLength(1);
  });

  it("says that it waits for the kernel, then that it lost it, and goes on when it answers", async () => {
    const kernel = new Kernel();
    const { root } = await open(makeState("signed-out"), kernel);
    kernel.emit("change:snapshot");
    kernel.snapshot.revision = 9;
    await pass(300 + 4_000);
    expect(root.textContent).toContain("Waiting for the kernel.");
    await pass(11_000);
    expect(root.textContent).toContain("This form has lost its kernel; run the cell again.");
    await kernel.answer("look", { state: makeState("signed-out", { revision: 9 }) });
    expect(root.textContent).not.toContain("kernel;");
  });

  it("shows an alert once, though state and answer both bring it", async () => {
    const { kernel, root, press } = await open(makeState("signed-in"));
    press("Create key");
    const alert = { tone: "bad", title: "The portal stopped answering.", hint: "All undone." } as const;
    kernel.push(makeState("signed-in", { revision: 2, alert }));
    await kernel.refuse("create", alert.title, alert.hint);
    expect(root.querySelectorAll(".akw-notice")).toHaveLength(1);
    expect(root.querySelector(".akw-notice")?.getAttribute("role")).toBe("alert");
  });

  it("ticks the requests off in place", async () => {
    const { kernel, root } = await open(makeState("creating", { progress: [waiting] }));
    const row = root.querySelector("li");
    kernel.push(makeState("creating", { revision: 2, progress: [{ ...waiting, state: "done" }] }));
    expect(root.querySelector("li")).toBe(row);
    expect(row?.textContent).toContain("done");
    kernel.push(makeState("creating", { revision: 3, progress: [done, waiting] }));
    expect(root.querySelectorAll("li")).toHaveLength(2);
    expect(root.textContent).toContain("1 of 2 done");
  });

  it("cancels from every busy step", async () => {
    for (const phase of ["starting", "signing-in", "creating"] as const) {
      const { kernel, press } = await open(makeState(phase));
      press("Cancel");
      expect(kernel.asked("cancel")).toHaveLength(1);
    }
  });

  it("leaves nothing behind when it closes", async () => {
    const { kernel, form, root, find } = await open(makeState("signed-out"));
    type(find('[name="username"]'), "ada");
    form.close();
    kernel.push(makeState("signed-in", { revision: 2 }));
    await pass(60_000);
    await settle();
    expect(root.childElementCount).toBe(0);
    expect(kernel.sent.map(({ kind }) => kind)).toEqual(["look"]);
    expect([...kernel.listeners.values()].every(({ size }) => size === 0)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("follows the notebook's theme", async () => {
    const { root } = await open(makeState("signed-out"));
    const card = root.firstElementChild as HTMLElement;
    expect(card.dataset.theme).toBe("light");
    document.body.dataset.jpThemeLight = "false";
    await pass(1);
    expect(card.dataset.theme).toBe("dark");
    delete document.body.dataset.jpThemeLight;
  });

  it("opens the keys that are there, also from a key that is ready", async () => {
    const { kernel, root, press } = await open(makeState("ready", { result: RESULT }));
    press("My keys");
    await kernel.answer("another");
    kernel.push(makeState("signed-in", { revision: 2 }));
    await pass(1_000);
    expect(kernel.asked("draft").at(-1)).toMatchObject({ draft: { view: "keys" } });
    expect(root.querySelector("h2")?.textContent).toBe("My keys");
    expect(kernel.asked("part").at(-1)).toMatchObject({ part: "keys" });
  });
});
