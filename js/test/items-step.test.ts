import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftFields, State } from "../src/form/protocol";
import { ItemsStep } from "../src/form/wizard/items";
import { item, type Laid, lay } from "./desk";
import { makeState, pass } from "./kernel";

const SOILS = item("1", "Soils");
const state = (draft: Partial<DraftFields> = {}, part: Partial<State> = {}) =>
  makeState("signed-in", part, draft);
const step = (...given: Parameters<typeof state>): Laid =>
  lay((desk) => new ItemsStep(desk), state(...given));
const radio = ({ find }: Laid, value: string) => find<HTMLInputElement>(`input[value="${value}"]`);
const choose = (laid: Laid, value: string) => {
  radio(laid, value).checked = true;
  radio(laid, value).dispatchEvent(new Event("change", { bubbles: true }));
};

describe("the step of item access", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("asks the portal nothing while no access is wanted", () => {
    const laid = step();
    expect(radio(laid, "none").checked).toBe(true);
    expect(laid.find(".akw-picker").hidden).toBe(true);
    expect(laid.kernel.sent).toEqual([]);
  });

  it("opens the search when access is granted", () => {
    const laid = step();
    choose(laid, "some");
    expect(laid.find(".akw-picker").hidden).toBe(false);
    expect(laid.kernel.asked("items")).toHaveLength(1);
    expect(radio(laid, "some").checked).toBe(true);
  });

  it("starts with what is chosen, and says the portal's limit", () => {
    const laid = step({ items: [SOILS] }, { max_items: 20 });
    expect(radio(laid, "some").checked).toBe(true);
    expect(laid.find(".akw-chosen").textContent).toBe("1 of 20 chosen");
    expect(laid.root.textContent).toContain("at most 20");
  });

  it("puts chosen items aside with no access, and brings them back", () => {
    const laid = step({ items: [SOILS] });
    choose(laid, "none");
    expect(laid.desk.draft.fields.items).toEqual([]);
    expect(laid.find(".akw-picker").hidden).toBe(true);
    const again = new ItemsStep(laid.desk); // as after a visit to another step
    again.update(state());
    const some = again.element.querySelector<HTMLInputElement>('[value="some"]') as HTMLInputElement;
    some.dispatchEvent(new Event("change", { bubbles: true }));
    expect(laid.desk.draft.fields.items).toEqual([SOILS]);
  });

  it("brings nothing back to another account", () => {
    const laid = step({ items: [SOILS] });
    choose(laid, "none");
    const { account } = state();
    laid.update(state({}, { account: account && { ...account, username: "bob" } }));
    choose(laid, "some");
    expect(laid.desk.draft.fields.items).toEqual([]);
  });

  it("adds no pasted item that is found after no access was chosen", async () => {
    const laid = step();
    choose(laid, "some");
    laid.find<HTMLTextAreaElement>("textarea").value = "1";
    laid.find(".akw-paste button").click();
    choose(laid, "none");
    await laid.kernel.answer("lookup", { items: [SOILS], problems: [] });
    expect(laid.desk.draft.fields.items).toEqual([]);
    expect(radio(laid, "none").checked).toBe(true);
  });

  it("shows the search where an item is missing", () => {
    const laid = step({}, { errors: { items: "Choose an item." } });
    expect(laid.find(".akw-field [role=alert]").textContent).toBe("Choose an item.");
    expect(laid.find(".akw-picker").hidden).toBe(false);
  });

  it("says at the choice that no access is not enough, once that was chosen", async () => {
    const laid = step();
    choose(laid, "none");
    await pass(300);
    await laid.kernel.answer("draft", { errors: { items: "Choose an item." }, draft: state().draft });
    expect(radio(laid, "none").checked).toBe(true);
    expect(laid.find("fieldset [role=alert]").textContent).toBe("Choose an item.");
  });

  it("shows locked items to read, with nothing to change and the reason in words", () => {
    const laid = step({ items: [SOILS] }, { locked: ["items"] });
    expect(laid.find<HTMLFieldSetElement>("fieldset").disabled).toBe(true);
    expect(laid.find(".akw-locked").hidden).toBe(false);
    expect(laid.texts(".akw-picked .akw-clip")).toEqual(["Soils"]);
    expect(laid.all("button, input[role=combobox], details").every((one) => one.closest("[hidden]"))).toBe(
      true,
    );
    expect(laid.kernel.sent).toEqual([]);
  });

  it("says what is wrong with locked items", () => {
    const laid = step({ items: [SOILS] }, { locked: ["items"], errors: { items: "“Soils” is gone." } });
    expect(laid.texts("[role=alert]").filter(Boolean)).toEqual(["“Soils” is gone."]);
  });
});
