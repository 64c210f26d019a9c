import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as wizard from "../src/form/wizard";
import { SHELF } from "../src/map/code";
import { makeState, type Opened, open, settle } from "./kernel";

const NAME = `wizard-${WIZARD_HASH}`;
const shelf = () =>
  (globalThis as { [SHELF]?: Map<string, Promise<unknown>> })[SHELF] as Map<string, unknown>;

/** Open a form in a page that knows no part yet; `come` brings the one that is under way. */
async function openAt(view: "quick" | "where" | "limits"): Promise<Opened & { come(): Promise<void> }> {
  const state = makeState("signed-in", {}, { view });
  const opened = await open(makeState("signed-out"));
  shelf().clear();
  let come = () => {};
  const coming = new Promise((resolve) => {
    come = () => resolve(wizard);
  });
  const named = () => {
    come();
    return settle();
  };
  shelf().set(NAME, coming);
  opened.kernel.push({ ...state, revision: 2 });
  return { ...opened, come: named };
}

describe("a step whose code comes later", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("is not asked for by the form that is seen first", async () => {
    const { kernel, root } = await open(makeState("signed-in"));
    shelf().clear();
    await settle();
    expect(root.textContent).toContain("What will this notebook do?");
    expect(kernel.asked("part")).toEqual([]);
  });

  it("says what is under way, and hands the focus on when it comes", async () => {
    const { find, press, come } = await openAt("quick");
    press("All settings");
    expect(find("h2").textContent).toBe("All settings");
    expect(document.activeElement).toBe(find("h2"));
    expect(find(".akw-late [role=status]").textContent).toBe("Opening…");
    await come();
    expect(find("h2").textContent).toBe("Step 1 of 6: Where will you use these credentials?");
    expect(document.activeElement).toBe(find("h2"));
  });

  it("leaves the focus where it went meanwhile", async () => {
    const { find, press, come } = await openAt("quick");
    press("All settings");
    const elsewhere = document.body.appendChild(document.createElement("input"));
    elsewhere.focus();
    await come();
    expect(find("h2").textContent).toContain("Step 1 of 6");
    expect(document.activeElement).toBe(elsewhere);
  });

  it("opens at the step and the field that were wanted meanwhile", async () => {
    const { kernel, find, press, come } = await openAt("quick");
    press("Create key");
    await kernel.refuse("create", "Line 1 is no web origin.", "Write https://.", "referrers");
    expect(document.activeElement).toBe(find("h2"));
    await come();
    expect(document.activeElement).toBe(find('[name="referrers"]'));
  });

  it("stands at its step in a page that was loaded anew", async () => {
    const { find, come } = await openAt("limits");
    expect(find("h2").textContent).toBe("All settings");
    await come();
    expect(find("h2").textContent).toBe("Step 4 of 6: Expiry and referrers");
  });

  it("can be left for the quick key, and then does not open any more", async () => {
    const { root, find, press, come } = await openAt("where");
    press("Quick key");
    await come();
    expect(find("h2").textContent).toBe("What will this notebook do?");
    expect(root.querySelector(".akw-wizard")).toBeNull();
  });

  it("tells why it does not come, and is asked for again", async () => {
    const { kernel, find, press } = await openAt("quick");
    shelf().clear();
    press("All settings");
    await settle();
    expect(kernel.asked("part").at(-1)).toMatchObject({ part: "wizard" });
    await kernel.refuse("part", "The page is not built.", "Build it.");
    const told = "This part of the form did not come.The page is not built. Build it.";
    expect(find('.akw-notice[role="alert"]').textContent).toContain(told);
    shelf().set(NAME, Promise.resolve(wizard));
    press("Try again");
    expect(document.activeElement).toBe(find("h2"));
    await settle();
    expect(find("h2").textContent).toContain("Step 1 of 6");
    expect(document.activeElement).toBe(find("h2"));
  });

  it("has no words of its own for a wire that is dead, but a way to try again", async () => {
    const { kernel, find, root, press } = await openAt("quick");
    shelf().clear();
    kernel.model.send = () => {
      throw new Error("closed");
    };
    press("All settings");
    await settle();
    expect(root.textContent).toContain("This form has lost its kernel; run the cell again.");
    expect(find(".akw-late").textContent).toBe("✕This part of the form did not come.Try again");
  });
});
