import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftFields, State } from "../src/form/protocol";
import { PrivilegesStep } from "../src/form/wizard/privileges";
import { type Laid, lay } from "./desk";
import { makeState, pass, settle, type } from "./kernel";
import { node } from "./steps";

const BASEMAPS = node("premium:user:basemaps", "Basemap styles", { about: "styles and tiles" });
const TILES = node("premium:user:staticbasemaptiles", "Static tiles", { reason: "your role lacks it" });
const GEOCODE = node("premium:user:geocode", "Geocoding", { cost: "uses credits" });
const TREE = [node("group:Location services", "Location services", { children: [BASEMAPS, TILES, GEOCODE] })];

const state = (draft: Partial<DraftFields> = {}, part: Partial<State> = {}) =>
  makeState("signed-in", part, draft);

async function step(...given: Parameters<typeof state>): Promise<Laid> {
  const laid = lay((desk) => new PrivilegesStep(desk), state(...given));
  await laid.kernel.answer("privileges", { tree: TREE });
  return laid;
}

const row = ({ find }: Laid, id: string) => find(`[role=treeitem][data-id="${id}"]`);

beforeEach(() => void vi.useFakeTimers());

describe("the step of privileges", () => {
  it("asks once, and again only for another kind of application or account", async () => {
    const laid = await step();
    laid.update(state({ title: "Other" }));
    expect(laid.kernel.asked("privileges")).toHaveLength(1);
    laid.update(state({ private: true }));
    expect(laid.kernel.asked("privileges").map((asked) => asked.private)).toEqual([false, true]);
    expect(laid.all("[role=treeitem]")).toHaveLength(4); // what is known stays meanwhile
    const account = { ...(state().account as NonNullable<State["account"]>), kind: "enterprise" as const };
    laid.update(state({ private: true }, { account }));
    expect(laid.kernel.asked("privileges")).toHaveLength(3);
  });

  it("drops the answer to a question that is not the last", async () => {
    const laid = lay((desk) => new PrivilegesStep(desk), state());
    laid.update(state({ private: true }));
    const [older] = laid.kernel.asked("privileges");
    await laid.kernel.answer("privileges", { tree: TREE });
    laid.kernel.say({ kind: "answer", re: older?.id, ok: true, tree: [] });
    await settle();
    expect(laid.all("[role=treeitem]")).toHaveLength(4);
  });

  it("says how many are chosen, and tells the kernel what was", async () => {
    const laid = await step();
    expect(laid.find(".akw-number").textContent).toBe("1 chosen");
    row(laid, GEOCODE.id).focus();
    laid.key(" ");
    expect(laid.find(".akw-number").textContent).toBe("2 chosen");
    await pass(300);
    expect(laid.kernel.asked("draft").at(-1)?.draft).toEqual({ privileges: [BASEMAPS.id, GEOCODE.id] });
    row(laid, BASEMAPS.id).focus();
    laid.key(" ");
    expect(laid.desk.draft.fields.privileges).toEqual([GEOCODE.id]);
  });

  it("says what goes wrong with asking, and asks again", async () => {
    const laid = lay((desk) => new PrivilegesStep(desk), state());
    expect(laid.root.textContent).toContain("Reading what your account may grant…");
    await laid.kernel.refuse("privileges", "The portal did not answer.", "Check the network.");
    expect(laid.root.textContent).toContain("The portal did not answer. Check the network.");
    laid
      .all<HTMLButtonElement>("button")
      .find(({ textContent }) => textContent === "Try again")
      ?.click();
    await laid.kernel.answer("privileges", { tree: TREE });
    expect(laid.all("[role=treeitem]")).toHaveLength(4);
    expect(laid.root.textContent).not.toContain("did not answer");
  });

  it("says that there is nothing to grant", async () => {
    const laid = lay((desk) => new PrivilegesStep(desk), state());
    await laid.kernel.answer("privileges", { tree: [] });
    expect(laid.root.textContent).toContain("Your account may grant no privileges to a key.");
    expect(laid.find("input").closest("[hidden]")).not.toBeNull();
  });

  it("shows what is wrong, and lets the focus be led there", async () => {
    const laid = await step({}, { errors: { privileges: "Choose one at least." } });
    expect(laid.texts("[role=alert]")).toContain("Choose one at least.");
    const tree = laid.find('[aria-invalid="true"]');
    expect(laid.find(`[id="${tree.getAttribute("aria-describedby")}"]`).textContent).toBe(
      "Choose one at least.",
    );
    tree.focus();
    expect(document.activeElement?.getAttribute("role")).toBe("treeitem");
    laid.update(state());
    expect(laid.all('[aria-invalid="true"]')).toEqual([]);
  });

  it("shows what is chosen but unknown here, to be taken out", async () => {
    const laid = await step({ privileges: [BASEMAPS.id, "portal:user:gone"] });
    expect(laid.texts(".akw-others .akw-clip")).toEqual(["portal:user:gone"]);
    laid.find<HTMLButtonElement>('[aria-label="Remove portal:user:gone"]').click();
    expect(laid.desk.draft.fields.privileges).toEqual([BASEMAPS.id]);
    expect(laid.find(".akw-others").hidden).toBe(true);
  });

  it("leads from the last of these to the search, whatever the tree shows", async () => {
    const laid = await step({ privileges: ["portal:user:gone"] });
    const search = laid.find<HTMLInputElement>('[name="privilege-search"]');
    type(search, "nothing is called so");
    const cross = laid.find('[aria-label="Remove portal:user:gone"]');
    cross.focus();
    cross.click();
    expect(document.activeElement).toBe(search);
  });

  it("leads from the last of these to the heading where there is nothing to search", async () => {
    const laid = lay((desk) => new PrivilegesStep(desk), state({ privileges: ["portal:user:gone"] }));
    await laid.kernel.answer("privileges", { tree: [] });
    const cross = laid.find('[aria-label="Remove portal:user:gone"]');
    cross.focus();
    cross.click();
    expect(document.activeElement).toBe(laid.find("h2"));
  });

  it("can be read but not changed where it is locked, and says so", async () => {
    const laid = await step({}, { locked: ["privileges"] });
    expect(laid.find(".akw-locked").hidden).toBe(false);
    row(laid, BASEMAPS.id).focus();
    laid.key(" ");
    expect(laid.desk.draft.fields.privileges).toEqual([BASEMAPS.id]);
    expect(laid.said).toEqual(["The privileges are set beforehand and stay as they are."]);
  });
});

describe("the search in privileges", () => {
  const search = ({ find }: Laid) => find<HTMLInputElement>('[name="privilege-search"]');
  const count = ({ find }: Laid) => find(".akw-sift .akw-count").textContent;

  it("filters at once, and tells the number after a pause", async () => {
    const laid = await step();
    type(search(laid), "tiles");
    expect(laid.all("[role=none]:not([hidden])")).toHaveLength(2);
    expect(count(laid)).toBe("");
    await pass(400);
    expect(count(laid)).toBe("1 privilege matches; 1 more is not available");
    type(search(laid), "credits");
    await pass(400);
    expect(count(laid)).toBe("No privilege matches");
  });

  it("is cleared by its button and by Escape, with the focus left in it", async () => {
    const laid = await step();
    const clear = laid.all<HTMLButtonElement>("button").find(({ textContent }) => textContent === "Clear");
    expect(clear?.hidden).toBe(true);
    type(search(laid), "geo");
    clear?.focus();
    clear?.click();
    expect([search(laid).value, clear?.hidden, document.activeElement]).toEqual(["", true, search(laid)]);
    type(search(laid), "geo");
    expect(laid.key("Escape")).toBe(true);
    expect(search(laid).value).toBe("");
    expect(laid.key("Escape")).toBe(false);
    expect(laid.all("[role=none]:not([hidden])")).toHaveLength(3);
  });

  it("goes on to the tree with the arrow down, and sends no form with Enter", async () => {
    const laid = await step();
    search(laid).focus();
    expect(laid.key("Enter")).toBe(true);
    expect(laid.key("ArrowDown")).toBe(true);
    expect(document.activeElement).toBe(row(laid, "group:Location services"));
  });

  it("shows what is not available on demand", async () => {
    const laid = await step();
    expect(row(laid, TILES.id).closest("[hidden]")).not.toBeNull();
    expect(laid.find(".akw-toggle").textContent).toBe("Show what is not available (1)");
    laid.find<HTMLInputElement>('[type="checkbox"]').click();
    expect(row(laid, TILES.id).closest("[hidden]")).toBeNull();
  });
});
