import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pass, type } from "./kernel";
import { openAt, press as strike } from "./steps";

describe("the details", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("add a tag by Enter or comma, once, and by leaving the field", async () => {
    const { kernel, root, find } = await openAt("details");
    const field = find<HTMLInputElement>('[name="tags"]');
    type(field, "  winter   trails ");
    expect(strike("Enter", field).defaultPrevented).toBe(true);
    type(field, "map,");
    type(field, "map,winter trails,");
    type(field, "snow");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ tags: ["winter trails", "map", "snow"] });
    expect(field.value).toBe("");
    expect(root.querySelectorAll(".akw-tags li")).toHaveLength(3);
    expect(find(".akw-unseen[role=status]").textContent).toBe("Tag snow added.");
  });

  it("show a refusal at its field, keep the text there, and send it with the next edit", async () => {
    const { kernel, root, find } = await openAt("details");
    const summary = find<HTMLInputElement>('[name="summary"]');
    type(summary, "a book");
    await pass(300);
    await kernel.refuse("draft", "This is too long.", "", "summary");
    expect(root.textContent).toContain("This is too long.");
    expect(summary.value).toBe("a book");
    type(summary, "a word");
    expect(root.textContent).not.toContain("This is too long.");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ summary: "a word" });
  });

  it("take the last tag away by Backspace in the empty field only, and tell it", async () => {
    const { kernel, find } = await openAt("details", { tags: ["a", "b"] });
    const field = find<HTMLInputElement>('[name="tags"]');
    type(field, "x");
    strike("Backspace", field);
    type(field, "");
    strike("Backspace", field);
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ tags: ["a"] });
    expect(find(".akw-unseen[role=status]").textContent).toBe("Tag b removed.");
  });

  it("take any tag away by its button, and keep the focus in the form", async () => {
    const { kernel, root, find, press } = await openAt("details", { tags: ["a", "<b>"] });
    expect(root.querySelector(".akw-tags b")).toBeNull();
    press("Remove tag <b>");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ tags: ["a"] });
    expect(document.activeElement).toBe(find('[name="tags"]'));
  });

  it("suggest folders, and tell a new one from those there are, whatever the case", async () => {
    const { kernel, root, find } = await openAt("details");
    await kernel.answer("folders", { folders: ["Maps", "Field work"] });
    const field = find<HTMLInputElement>('[name="key-folder"]');
    const list = root.querySelector(`datalist[id="${field.getAttribute("list")}"]`);
    expect([...(list?.children ?? [])].map((option) => option.getAttribute("value"))).toEqual([
      "Maps",
      "Field work",
    ]);
    expect(root.textContent).toContain("the item goes to the root of your content");
    type(field, " maps ");
    expect(root.textContent).toContain("One of your folders.");
    type(field, "Winter");
    expect(root.textContent).toContain("New folder: it is made together with the key.");
  });

  it("say nothing of a folder while the folders are not known", async () => {
    const { kernel, root, find } = await openAt("details", { folder: "Maps" });
    await kernel.refuse("folders", "No.", "Later.");
    type(find('[name="key-folder"]'), "Maps 2");
    expect(root.textContent).not.toContain("New folder:");
  });

  it("hold a summary of several lines", async () => {
    const { kernel, find } = await openAt("details");
    const area = find<HTMLInputElement>("textarea[name=summary]");
    type(area, "One.\nTwo.");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ summary: "One.\nTwo." });
    expect(area.dataset.lmSuppressShortcuts).toBe("true");
  });
});
