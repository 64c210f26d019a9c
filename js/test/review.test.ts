import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Account } from "../src/form/protocol";
import { makeState, pass, settle, type } from "./kernel";
import { answerTrees, confirm, openAt } from "./steps";

const ITEMS = Array.from({ length: 8 }, (_, index) => ({
  id: String(index),
  title: `Layer <${index}>`,
  type: "Feature Service",
  owner: "ada",
  access: "private",
}));
const FULL = {
  private: true,
  privileges: ["premium:user:geocode", "features:user:edit", "not:in:tree"],
  items: ITEMS,
  referrers: "https://a.example\nhttps://*.b.example",
  folder: "Winter",
  tags: ["snow", "map"],
  summary: "For the report.",
};
const told = (root: HTMLElement) =>
  Object.fromEntries(
    [...root.querySelectorAll(".akw-settings > div")].map((row) => [
      row.querySelector("dt")?.textContent,
      row.querySelector("dd")?.textContent,
    ]),
  );

describe("the review", () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 23, 12) }));
  afterEach(() => document.body.replaceChildren());

  it("tells the whole request in the person's words", async () => {
    const { kernel, root } = await openAt("review", FULL);
    await kernel.answer("folders", { folders: ["Maps"] });
    await answerTrees(kernel);
    const parts = told(root);
    expect(parts).toMatchObject({
      "Where used": "Private application",
      Privileges: "Location services: GeocodingGeneral: Editnot:in:tree",
      Referrers: "https://a.examplehttps://*.b.example",
      Title: "Notebook key",
      Folder: "Winter (new folder)",
      Tags: "snow, map",
      Summary: "For the report.",
    });
    expect(parts.Items).toContain("Layer <0>");
    expect(parts.Items).toContain("and 2 more");
    expect(parts.Expires).toMatch(/^7 days: 30 Nov 2026, .*UTC/);
  });

  it("folds away what is many, and names by its id what has no title yet", async () => {
    const privileges = Array.from({ length: 9 }, (_, index) => `some:name:${index}`);
    const items = [{ id: "0123abcd", title: "", type: "", owner: "", access: "" }];
    const { kernel, root, find } = await openAt("review", { privileges, items, days: 0.5 });
    await answerTrees(kernel);
    expect(find("details summary").textContent).toBe("9 privileges");
    expect(find("details").textContent).toContain("some:name:8");
    expect(told(root).Items).toBe("0123abcd");
    expect(told(root).Expires).toMatch(/^0.5 days: 24 Nov 2026/);
    expect(find('[data-view="items"]').textContent).toContain("0123abcd");
  });

  it("says what costs, what acts in the person's name, and what cannot be changed later", async () => {
    const { kernel, root } = await openAt("review", FULL);
    await answerTrees(kernel);
    expect(root.textContent).toContain("What using it costsGeocoding: uses credits.");
    expect(root.textContent).toContain("This key can act in your nameGeneral › Edit: whoever holds the key");
    expect(root.textContent).toContain("Cannot be changed later. Privileges, items, referrers and expiry");
    expect(root.querySelector('.akw-review [role="alert"].akw-notice')).toBeNull();
  });

  it("leads from each part to its step", async () => {
    const { root, find, press } = await openAt("review", FULL);
    press("Edit Referrers");
    expect(find("h2").textContent).toContain("Expiry and referrers");
    press("Review");
    expect(root.querySelectorAll(".akw-edit button")).toHaveLength(9);
  });

  it("lists what is wrong, with ways to the steps, and asks again on coming back", async () => {
    const { kernel, root, find, press, state } = await openAt("review");
    await settle();
    await kernel.answer("check", { errors: { title: "Write a title.", referrers: "Line 1 is wrong." } });
    const problems = [...root.querySelectorAll(".akw-notice li")].map((row) => row.textContent);
    expect(problems).toEqual(["Expiry & referrers Line 1 is wrong.", "Details Write a title."]);
    expect(find('[data-view="review"]').textContent).toContain("2 things to mend");
    (root.querySelectorAll(".akw-notice button")[1] as HTMLElement).click();
    expect(document.activeElement).toBe(find('[name="key-title"]'));
    press("Review");
    await settle();
    await confirm(kernel, state);
    expect(kernel.asked("check")).toHaveLength(2);
    await kernel.answer("check", { errors: {} });
    expect(root.querySelector(".akw-notice")).toBeNull();
  });

  it("creates once, with the whole draft, when nothing is wrong", async () => {
    const { kernel, press } = await openAt("review", FULL);
    await settle();
    press("Create key");
    press("Create key");
    await settle();
    await kernel.answer("check", { errors: {} });
    expect(kernel.asked("create")).toHaveLength(1);
    expect(kernel.asked("create")[0]?.draft).toMatchObject({ ...FULL, view: "review" });
  });

  it("lets what the portal refused before be tried again as it is", async () => {
    const { kernel, press } = await openAt("review", FULL);
    await settle();
    await kernel.answer("check", { errors: {} });
    const errors = { items: "“Trees” is gone." };
    kernel.push(makeState("signed-in", { revision: 9, errors }, { ...FULL, view: "review" }));
    press("Create key");
    await settle();
    await kernel.answer("check", { errors: {} });
    expect(kernel.asked("create")).toHaveLength(1);
  });

  it("leads to the first problem instead of creating", async () => {
    const { kernel, find, press } = await openAt("review");
    await settle();
    expect(press("Create key").disabled).toBe(false);
    await settle();
    await kernel.answer("check", { errors: { title: "Write a title.", referrers: "Line 1 is wrong." } });
    expect(kernel.asked("create")).toHaveLength(0);
    expect(document.activeElement).toBe(find('[name="referrers"]'));
  });

  it("lets what happened at the portal stand before what a check finds", async () => {
    const { kernel, root } = await openAt("review");
    const told = { privileges: "'Places service' is no longer among them. Nothing is left behind." };
    kernel.push(makeState("signed-in", { revision: 9, errors: told }, { view: "review" }));
    await settle();
    await kernel.answer("check", { errors: { privileges: "It is not among them." } });
    expect(root.textContent).toContain("Nothing is left behind.");
  });

  it("lets what happened stand where a check that was asked before finds nothing", async () => {
    const { kernel, root } = await openAt("review");
    await settle();
    const told = { items: "World capitals does not exist any more." };
    kernel.push(makeState("signed-in", { revision: 9, errors: told }, { view: "review" }));
    await kernel.answer("check", { errors: {} });
    expect(root.textContent).toContain("1 thing to mend");
  });

  it("has the kernel judge what was typed last", async () => {
    const { kernel, find, press, state } = await openAt("details");
    type(find('[name="key-title"]'), "New");
    press("Review");
    await settle();
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ title: "New", view: "review" });
    expect(kernel.asked("check")).toHaveLength(0);
    await confirm(kernel, state);
    expect(kernel.asked("check")).toHaveLength(1);
  });

  it("offers the key now or later", async () => {
    const { kernel, find } = await openAt("review");
    expect(find<HTMLInputElement>('[value="now"]').checked).toBe(true);
    find('[value="later"]').click();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toMatchObject({ generate: false });
  });

  it("says what an account lacks, and creates nothing", async () => {
    const account: Account = {
      ...(makeState("signed-in").account as Account),
      can_create: false,
      missing: [{ label: "Generate API keys", hint: "Ask Grace." }],
    };
    const { kernel, root, press } = await openAt("review", {}, { account });
    press("Create key");
    await settle();
    expect(root.textContent).toContain("It lacks “Generate API keys”. Ask Grace.");
    expect(document.activeElement?.className).toContain("akw-notice");
    expect(kernel.asked("create")).toHaveLength(0);
  });
});
