import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { State } from "../src/form/protocol";
import { makeState, open, settle } from "./kernel";

const ADA = makeState("signed-in").account as NonNullable<State["account"]>;
const MARKUP = '<img src=x onerror="alert(1)">';
const state = (account: Partial<typeof ADA> = {}, part: Partial<State> = {}) =>
  makeState("signed-in", { account: { ...ADA, ...account }, ...part });

describe("the account", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("is named in the header, and told in full by a panel that opens and closes", async () => {
    const { find } = await open(state());
    const chip = find(".akw-chip");
    const panel = find(".akw-account");
    expect(chip.textContent).toContain("ada · GIS 101 (Online)");
    expect(chip.getAttribute("aria-expanded")).toBe("false");
    expect(chip.getAttribute("aria-controls")).toBe(panel.id);
    expect(panel.hidden).toBe(true);
    chip.click();
    expect(chip.getAttribute("aria-expanded")).toBe("true");
    for (const fact of ["Ada Lovelace", "Publisher", "Creator", "GIS 101", "ArcGIS Online"])
      expect(panel.textContent).toContain(fact);
    expect(panel.textContent).toContain("This account can make keys.");
    chip.click();
    expect(panel.hidden).toBe(true);
  });

  it("leaves out what the portal does not tell", async () => {
    const { find } = await open(state({ role: "", user_type: "" }));
    find(".akw-chip").click();
    expect(find(".akw-account").textContent).not.toMatch(/Role|User type/);
  });

  it("closes on Escape, which the notebook does not hear, and gives the focus back", async () => {
    const { find, press } = await open(state({ kind_certain: false }));
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    find(".akw-chip").click();
    press("It is Location Platform");
    const pressed = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(pressed);
    expect(find(".akw-account").hidden).toBe(true);
    expect(document.activeElement).toBe(find(".akw-chip"));
    expect(outside).not.toHaveBeenCalled();
    document.body.removeEventListener("keydown", outside);
  });

  it("has a guess at its kind put right by one press", async () => {
    const { kernel, find, root, press } = await open(state({ kind_certain: false }));
    expect(find(".akw-chip").textContent).toContain("(Online?)");
    find(".akw-chip").click();
    press("It is Location Platform");
    expect(kernel.asked("kind")[0]).toMatchObject({ account: "location-platform" });
    kernel.push(state({ kind: "location-platform" }, { revision: 2 }));
    await kernel.answer("kind");
    await settle();
    expect(find(".akw-account").textContent).toContain("ArcGIS Location Platform");
    expect(root.querySelector(".akw-guess")).toBeNull();
    expect(document.activeElement).toBe(find(".akw-chip"));
    expect(find('.akw-unseen[role="status"]').textContent).toContain("Location Platform");
  });

  it("offers no correction of what the portal said itself", async () => {
    const { find, root } = await open(state({ kind: "enterprise" }));
    find(".akw-chip").click();
    expect(root.querySelector(".akw-guess")).toBeNull();
  });

  it("says what is missing, who can change it, and what keys cannot have", async () => {
    const missing = [
      { label: "Generate API keys", hint: "Ask Grace." },
      { label: "Create content", hint: "Ask Grace." },
    ];
    const notes = ["Location services are not part of ArcGIS Enterprise."];
    const { find } = await open(state({ can_create: false, missing, notes }));
    find(".akw-chip").click();
    const { textContent } = find(".akw-account");
    expect(textContent).toContain("This account cannot make keys.");
    expect(textContent).toContain("It lacks “Generate API keys”, “Create content”. Ask Grace.");
    expect(textContent).toContain(notes[0]);
  });

  it("shows markup of the portal as text", async () => {
    const { find, root } = await open(state({ full_name: MARKUP, role: MARKUP, notes: [MARKUP] }));
    find(".akw-chip").click();
    expect(root.querySelector("img, script")).toBeNull();
    expect(find(".akw-account").textContent).toContain(MARKUP);
  });

  it("signs out from beside its name, and closes with the session", async () => {
    const { kernel, find, press } = await open(state());
    find(".akw-chip").click();
    press("Sign out");
    expect(kernel.asked("sign-out")).toHaveLength(1);
    kernel.push(makeState("signed-out", { revision: 2 }));
    expect(find(".akw-account").hidden).toBe(true);
    expect(find(".akw-account").childElementCount).toBe(0);
    expect(find(".akw-chip").hidden).toBe(true);
  });

  it("stands by a violet dot at the practice portal", async () => {
    const { find } = await open(state({}, { portal: { url: "", practice: true, name: "Practice portal" } }));
    expect(find(".akw-chip").hasAttribute("data-practice")).toBe(true);
    expect(find(".akw-chip").textContent).toContain("ada · practice portal");
  });
});
