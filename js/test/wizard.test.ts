import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, settle, type } from "./kernel";
import { answerTrees, confirm, openAt } from "./steps";

const NAMES = ["Where used", "Item access", "Privileges", "Expiry & referrers", "Details", "Review"];
const stop = (root: HTMLElement, view: string) =>
  root.querySelector<HTMLButtonElement>(`.akw-stop[data-view="${view}"]`) as HTMLButtonElement;

describe("the wizard", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("opens from the quick key with what was chosen filled in, and leads back", async () => {
    const { root, find, press } = await open(makeState("signed-in"));
    find('[value="1"]').click();
    press("All settings");
    await settle();
    expect(document.activeElement).toBe(find("h2"));
    expect(find("h2").textContent).toBe("Step 1 of 6: Where will you use these credentials?");
    expect(stop(root, "limits").textContent).toContain("1 day, no referrers");
    press("Quick key");
    expect(find("h2").textContent).toBe("What will this notebook do?");
    expect(find<HTMLInputElement>('[value="1"]').checked).toBe(true);
  });

  it("lists the steps as buttons with their values, and says which is open", async () => {
    const { root } = await openAt("details", { title: "Trails", referrers: "https://a.example\n\n" });
    const names = [...root.querySelectorAll(".akw-stop .akw-name")].map((name) => name.textContent);
    expect(names).toEqual(NAMES);
    const values = [...root.querySelectorAll(".akw-stop .akw-value .akw-clip")].map((one) => one.textContent);
    expect(values).toEqual([
      "Public application",
      "None",
      "1 chosen",
      "7 days, 1 referrer",
      "Trails",
      "Nothing sent yet",
    ]);
    expect([...root.querySelectorAll('[aria-current="step"]')]).toEqual([stop(root, "details")]);
  });

  it("opens any step at any time, moves the focus to its heading, and tells the kernel", async () => {
    const { kernel, root, find } = await openAt("where");
    for (const [number, view] of ["review", "items", "details"].entries()) {
      stop(root, view).focus();
      stop(root, view).click();
      expect(document.activeElement).toBe(find("h2"));
      expect(find("h2").textContent).toContain(`Step ${[6, 2, 5][number]} of 6: `);
    }
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ view: "details" });
  });

  it("moves the focus to the heading though the browser gives none to a pressed button", async () => {
    const { root, find } = await openAt("where");
    (document.activeElement as HTMLElement).blur();
    stop(root, "details").click();
    expect(document.activeElement).toBe(find("h2"));
  });

  it("leaves the focus where it is when another view opens a step", async () => {
    const { kernel, find, state } = await openAt("where");
    const elsewhere = document.body.appendChild(document.createElement("input"));
    elsewhere.focus();
    kernel.push({ ...state, revision: 2, draft: { ...state.draft, view: "details" } });
    expect(find("h2").textContent).toContain("Details of the item");
    expect(document.activeElement).toBe(elsewhere);
  });

  it("goes on, back and to the review, and creates only there", async () => {
    const { root, find, press } = await openAt("where");
    const shown = () =>
      [...root.querySelectorAll<HTMLButtonElement>(".akw-footer button")]
        .filter((one) => !one.hidden)
        .map((one) => one.textContent);
    expect(shown()).toEqual(["Quick key", "Review", "Next"]);
    press("Next");
    expect(stop(root, "items").getAttribute("aria-current")).toBe("step");
    expect(shown()).toEqual(["Quick key", "Back", "Review", "Next"]);
    press("Back");
    press("Review");
    expect(find("h2").textContent).toBe("Step 6 of 6: Review");
    expect(shown()).toEqual(["Quick key", "Back", "Create key"]);
    expect(find(".akw-footer").textContent).toContain("Nothing is sent until you press Create key.");
  });

  it("keeps what is typed, shows it in the list at once, and has it on coming back", async () => {
    const { root, find, press } = await openAt("details");
    type(find('[name="key-title"]'), "Trails of the north");
    expect(stop(root, "details").textContent).toContain("Trails of the north");
    press("Back");
    press("Next");
    expect(find<HTMLInputElement>('[name="key-title"]').value).toBe("Trails of the north");
  });

  it("marks the step where something is wrong by shape and word, until it is changed", async () => {
    const { kernel, root, find, state, press } = await openAt("details");
    type(find('[name="key-title"]'), "");
    await pass(300);
    await confirm(kernel, state, { title: "Write a title." });
    press("Back");
    expect(stop(root, "details").querySelector(".akw-ordinal")?.textContent).toBe("!");
    expect(stop(root, "details").textContent).toContain("Check this");
    expect(stop(root, "where").querySelector<HTMLElement>(".akw-wrong")?.hidden).toBe(true);
    kernel.push({ ...state, revision: 2 });
    expect(stop(root, "details").dataset.state).toBe("wrong");
    press("Next");
    type(find('[name="key-title"]'), "T");
    expect(stop(root, "details").dataset.state).not.toBe("wrong");
  });

  it("opens the step that holds what the kernel refuses, at the field", async () => {
    const { kernel, root, find, press } = await open(makeState("signed-in"));
    press("Create key");
    await kernel.refuse("create", "Line 1 is no web origin.", "Write https://.", "referrers");
    expect(stop(root, "limits").getAttribute("aria-current")).toBe("step");
    expect(document.activeElement).toBe(find('[name="referrers"]'));
    expect(find('[id$="referrers-error"]').textContent).toContain("Line 1 is no web origin.");
  });

  it("stays with the quick key where that shows the refused field", async () => {
    const { kernel, find, press } = await open(makeState("signed-in"));
    press("Create key");
    await kernel.refuse("create", "Too long.", "Shorten it.", "title");
    expect(find("h2").textContent).toBe("What will this notebook do?");
    expect(document.activeElement).toBe(find('[name="key-title"]'));
  });

  it("shows the same step after a reload", async () => {
    const { find } = await openAt("limits");
    expect(find("h2").textContent).toBe("Step 4 of 6: Expiry and referrers");
  });
});

describe("the quick key beside the wizard", () => {
  it("tells a choice of one's own, and everything that it does not show", async () => {
    const { root, find } = await openAt("quick", {
      preset: "",
      privileges: ["a:b", "c:d"],
      private: true,
      referrers: "https://a.example\nhttps://b.example",
      tags: ["x"],
      items: [{ id: "1", title: "Trails", type: "", owner: "", access: "" }],
      generate: false,
      ends: "2100-01-01T00:00:00+00:00",
    });
    expect(root.querySelector("input:checked")?.parentElement?.textContent).toContain(
      "Your own choice2 privileges",
    );
    expect(find(".akw-also").textContent).toBe(
      "Also in this key: for a private application, 1 item, 2 referrers, 1 tag, no key yet, only its credentials.",
    );
    expect(find<HTMLInputElement>('[value="dated"]').checked).toBe(true);
  });

  it("gives up an exact end for a span", async () => {
    vi.useFakeTimers();
    const { kernel, find } = await openAt("quick", { ends: "2100-01-01T00:00:00+00:00" });
    find('[value="1"]').click();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: 1, ends: "" });
  });
});

describe("where the key is used", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("says what choosing public would drop, and leaves it to the kernel, which puts it by", async () => {
    const privileges = ["premium:user:basemaps", "features:user:edit"];
    const { kernel, find } = await openAt("where", { private: true, privileges });
    await answerTrees(kernel);
    expect(find("p[role=status]").textContent).toBe(
      "1 chosen privilege can only be held by a private application: Edit. Choosing public drops it.",
    );
    find('[value="public"]').click();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ private: false });
    expect(find("p[role=status]").textContent).toBe("");
  });

  it("loses no privilege to public and private again, as quickly as they may follow", async () => {
    const { kernel, find } = await openAt("where", { private: true, privileges: ["features:user:edit"] });
    await answerTrees(kernel);
    find('[value="public"]').click();
    await settle();
    find('[value="private"]').click();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ private: true });
  });

  it("asks for the privileges of each kind once", async () => {
    const { kernel, press } = await openAt("where", { private: true });
    await answerTrees(kernel);
    press("Review");
    press("Back");
    await settle();
    expect(kernel.asked("privileges").map((one) => one.private)).toEqual([false, true]);
  });
});
