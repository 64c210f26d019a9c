import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as keeping from "../src/form/keeping";
import type { Places } from "../src/form/keeping/places";
import { SHELF } from "../src/map/code";
import { makeState, type Opened, open, RESULT, settle } from "./kernel";

const SUMMARY = "Keep this key for later sessions";
const FILE = { id: ".env", usable: true, why: "/home/ada/.env", older: false } as const;
const KEYRING = { id: "keyring", usable: true, why: "the Keychain", older: false } as const;

const state = (told: Places | null, revision = 1) =>
  makeState("ready", { result: { ...RESULT, keeping: told }, revision });

/** Open a form with a key, in a page that has the fold's code; `unfold` opens the fold. */
async function openReady(told: Places | null = null): Promise<Opened & { unfold(): Promise<void> }> {
  const opened = await open(state(told));
  const shelf = (globalThis as { [SHELF]?: Map<string, Promise<unknown>> })[SHELF];
  shelf?.set(`keeping-${KEEPING_HASH}`, Promise.resolve(keeping));
  const unfold = async () => {
    const details = [...opened.root.querySelectorAll("details")].find((one) =>
      one.textContent?.includes(SUMMARY),
    );
    (details as HTMLDetailsElement).open = true;
    details?.dispatchEvent(new Event("toggle"));
    await settle();
  };
  return { ...opened, unfold };
}

describe("keeping the key for later sessions", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("has nothing looked at until its fold is opened", async () => {
    const { kernel, root, unfold } = await openReady();
    expect(kernel.asked("places")).toEqual([]);
    await unfold();
    expect(kernel.asked("places")).toHaveLength(1);
    expect(root.textContent).toContain("Looking where this key can be kept…");
    kernel.push(state({ places: [KEYRING, FILE], kept: null }, 2));
    await kernel.answer("places");
    expect(root.textContent).toContain("the Keychain (encrypted)");
    expect(root.textContent).toContain("/home/ada/.env (not encrypted; git is told to leave it alone)");
    expect(kernel.asked("places")).toHaveLength(1);
  });

  it("shows what another view has had looked at already", async () => {
    const { kernel, root, unfold } = await openReady({ places: [KEYRING], kept: null });
    await unfold();
    expect(kernel.asked("places")).toEqual([]);
    expect(root.textContent).toContain("the Keychain");
  });

  it("keeps, says how the next session loads it, and drops; the button keeps the focus", async () => {
    const { kernel, root, press, unfold } = await openReady({ places: [KEYRING, FILE], kept: null });
    await unfold();
    const pressed = press("Keep here, in the keyring");
    pressed.focus();
    expect(kernel.asked("keep")[0]).toMatchObject({ where: "keyring" });
    kernel.push(state({ places: [KEYRING, FILE], kept: "keyring" }, 2));
    await kernel.answer("keep");
    expect(root.textContent).toContain("✓ Kept");
    expect(root.textContent).toContain('load("Notebook key")');
    expect(root.textContent).toContain("The key is kept in the keyring.");
    expect(document.activeElement).toBe(pressed);
    press("Keep no longer in the keyring");
    kernel.push(state({ places: [KEYRING, FILE], kept: null }, 3));
    await kernel.answer("unkeep");
    expect(root.textContent).toContain("The key is no longer kept in the keyring.");
    expect(pressed.getAttribute("aria-label")).toBe("Keep here, in the keyring");
  });

  it("tells why a place cannot be used, without a button", async () => {
    const told = { ...KEYRING, usable: false, why: "The keyring is locked. Unlock it." };
    const { root, unfold } = await openReady({ places: [told], kept: null });
    await unfold();
    expect(root.textContent).toContain("Cannot be used: The keyring is locked. Unlock it.");
    expect(root.querySelector<HTMLElement>('[aria-label="Keep here, in the keyring"]')?.hidden).toBe(true);
  });

  it("tells of an older key that is kept there", async () => {
    const { root, unfold } = await openReady({ places: [{ ...FILE, older: true }, KEYRING], kept: null });
    await unfold();
    const notes = [...root.querySelectorAll("li .akw-about")].filter((one) => !(one as HTMLElement).hidden);
    expect(notes.filter((one) => one.textContent?.includes("An older key"))).toHaveLength(1);
  });

  it("shows a refusal at its place, and nothing above the form", async () => {
    const { kernel, root, press, unfold } = await openReady({ places: [FILE], kept: null });
    await unfold();
    press("Keep here, in the file");
    await kernel.refuse("keep", "git has .env already.", "git rm --cached .env");
    expect(root.querySelector("li [role=alert]")?.textContent).toContain("git rm --cached .env");
    expect(root.querySelector(".akw-alerts [role=alert]")).toBe(null);
  });

  it("can look again, also where the first look failed", async () => {
    const { kernel, root, press, unfold } = await openReady();
    await unfold();
    await kernel.refuse("places", "It did not work.", "Look again.");
    expect(root.textContent).toContain("It did not work.");
    press("Look again");
    expect(kernel.asked("places")).toHaveLength(2);
    kernel.push(state({ places: [FILE], kept: null }, 2));
    await kernel.answer("places");
    expect(root.textContent).not.toContain("It did not work.");
  });

  it("is not there without a key", async () => {
    const { root } = await open(makeState("ready", { result: { ...RESULT, masked: "" } }));
    const details = [...root.querySelectorAll("details")].find((one) => one.textContent?.includes(SUMMARY));
    expect(details?.hidden).toBe(true);
  });
});
