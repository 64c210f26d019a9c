import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, settle, type } from "./kernel";

const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const item = (id: string, title: string) => ({
  id,
  title,
  type: "Feature Service",
  access: "private",
  owner: "ada",
});
const page = (...items: object[]) => ({ items, total: items.length, next_start: null });

describe("the quick key", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("sends one create for two presses, with the whole draft", async () => {
    const { kernel, find, press } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "My key");
    press("Create key");
    press("Create key");
    await pass(1_000);
    expect(kernel.asked("create")).toHaveLength(1);
    expect(kernel.asked("create")[0]?.draft).toMatchObject({ title: "My key", preset: "basemaps", days: 7 });
    expect(kernel.asked("draft")).toHaveLength(0);
  });

  it("waits for the kernel's word on an edit, which may have changed other fields", async () => {
    const { kernel, find, press } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "My key");
    await pass(300);
    press("Create key");
    await settle();
    expect(kernel.asked("create")).toHaveLength(0);
    const { draft } = makeState("signed-in", {}, { title: "My key", privileges: ["of the kernel"] });
    await kernel.answer("draft", { errors: {}, draft });
    expect(kernel.asked("create").map((message) => message.draft)).toEqual([draft]);
  });

  it("may create again after a refusal", async () => {
    const { kernel, press } = await open(makeState("signed-in"));
    press("Create key");
    await kernel.refuse("create", "No.", "Try again.");
    press("Create key");
    expect(kernel.asked("create")).toHaveLength(2);
  });

  it("says which privileges are missing and who can add them, and cannot create", async () => {
    const account = {
      ...(makeState("signed-in").account as NonNullable<ReturnType<typeof makeState>["account"]>),
      can_create: false,
      missing: [
        { label: "Generate API keys", hint: "Ask Grace." },
        { label: "Create content", hint: "Ask Grace." },
      ],
    };
    const { kernel, root, press } = await open(makeState("signed-in", { account }));
    expect(root.querySelector('[role="alert"].akw-notice')?.textContent).toContain(
      "It lacks “Generate API keys”, “Create content”. Ask Grace.",
    );
    expect(press("Create key").disabled).toBe(true);
    expect(kernel.asked("create")).toHaveLength(0);
  });

  it("takes a number of days of one's own", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    expect(find('[name="days"]').closest("[hidden]")).not.toBeNull();
    find('[value="other"]').click();
    type(find('[name="days"]'), "12");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: 12 });
    type(find('[name="days"]'), "a week");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: "a week" });
  });

  it("shows what is wrong with a field that was just typed", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "");
    await pass(300);
    const { draft } = makeState("signed-in", {}, { title: "" });
    await kernel.answer("draft", { errors: { title: "Write a title." }, draft });
    expect(find('[name="key-title"]').getAttribute("aria-invalid")).toBe("true");
    expect(find("details").hasAttribute("open")).toBe(true);
    type(find('[name="key-title"]'), "T");
    expect(find('[name="key-title"]').hasAttribute("aria-invalid")).toBe(false);
  });

  it("lists folders when title and folder are opened", async () => {
    const { kernel, find, root } = await open(makeState("signed-in"));
    expect(kernel.asked("folders")).toHaveLength(0);
    const details = find<HTMLDetailsElement>("details");
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    await kernel.answer("folders", { folders: [MARKUP] });
    expect(root.querySelector("option")?.value).toBe(MARKUP);
  });
});

describe("the choice of an item", () => {
  const layer = () => makeState("signed-in", {}, { preset: "layer" });

  beforeEach(() => void vi.useFakeTimers());

  it("shows titles with markup as text", async () => {
    const { kernel, root } = await open(layer());
    await kernel.answer("items", page(item("1", MARKUP)));
    expect(root.querySelector('[role="option"] .akw-title')?.textContent).toBe(MARKUP);
    expect(root.querySelector("script, img")).toBeNull();
  });

  it("asks after a pause in typing, and drops answers that come too late", async () => {
    const { kernel, root, find } = await open(layer());
    const first = kernel.asked("items")[0];
    type(find('[role="combobox"]'), "tr");
    await pass(249);
    expect(kernel.asked("items")).toHaveLength(1);
    await pass(1);
    expect(kernel.asked("items")[1]).toMatchObject({ text: "tr", start: 1 });
    await kernel.answer("items", page(item("2", "Trails")));
    kernel.say({ kind: "answer", re: first?.id, ok: true, ...page(item("1", "Late")) });
    await settle();
    expect([...root.querySelectorAll(".akw-item .akw-title")].map((title) => title.textContent)).toEqual([
      "Trails",
    ]);
  });

  it("is made by keyboard, and taken back", async () => {
    const { kernel, root, find, press } = await open(layer());
    await kernel.answer("items", page(item("1", "Soils"), item("2", "Trails")));
    const search = find('[role="combobox"]');
    for (const key of ["ArrowDown", "ArrowDown", "Enter"])
      search.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ items: [item("2", "Trails")] });
    press("Remove Trails");
    expect(root.querySelector(".akw-picked")).toBeNull();
    expect(document.activeElement).toBe(search);
  });

  it("does not submit the form by Enter in the search", async () => {
    const { kernel, find } = await open(layer());
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    find('[role="combobox"]').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
    expect(kernel.asked("create")).toHaveLength(0);
  });

  it("fetches the next page below the first", async () => {
    const { kernel, root, press } = await open(layer());
    await kernel.answer("items", { items: [item("1", "Soils")], total: 2, next_start: 2 });
    press("Show more");
    expect(kernel.asked("items")[1]?.start).toBe(2);
    await kernel.answer("items", { items: [item("2", "Trails")], total: 2, next_start: null });
    expect(root.querySelectorAll('[role="option"]')).toHaveLength(2);
  });

  it("says why there is no list", async () => {
    const { kernel, root } = await open(layer());
    await kernel.refuse("items", "The portal did not answer.", "Type again.");
    expect(root.querySelector(".akw-count")?.textContent).toBe("The portal did not answer. Type again.");
  });
});
