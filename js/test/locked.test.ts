import { afterEach, describe, expect, it } from "vitest";
import type { FieldName } from "../src/form/protocol";
import { openAt } from "./steps";

const MARK = "set beforehand";
const lock = (...locked: FieldName[]) => ({ locked });
const marks = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>(".akw-lock")].filter((mark) => !mark.closest("[hidden]"));

describe("fields that the notebook has set", () => {
  afterEach(() => document.body.replaceChildren());

  it("stay readable in the quick key, and cannot be changed", async () => {
    const { root, find } = await openAt("quick", {}, lock("privileges", "days", "title"));
    const radios = [...root.querySelectorAll<HTMLInputElement>("[type=radio]")];
    expect(radios.length).toBeGreaterThan(4);
    expect(radios.every(({ disabled }) => disabled)).toBe(true);
    expect(root.querySelectorAll("input:checked")).toHaveLength(2);
    expect(find<HTMLInputElement>('[name="key-title"]').readOnly).toBe(true);
    expect(find<HTMLInputElement>('[name="key-folder"]').readOnly).toBe(false);
    expect(marks(root).every((mark) => mark.textContent === MARK)).toBe(true);
    expect(marks(root)).toHaveLength(3);
  });

  it("are marked for screen readers too", async () => {
    const { root } = await openAt("limits", { ends: "2100-01-01T00:00:00+00:00" }, lock("ends", "referrers"));
    for (const name of ["ends", "referrers"]) {
      const described = root.querySelector(`[name="${name}"]`)?.getAttribute("aria-describedby") ?? "";
      expect(described).toContain("-lock");
    }
    const span = root.querySelector<HTMLInputElement>('[value="7"]');
    expect(span?.disabled).toBe(true);
  });

  it("keep their tags and folder", async () => {
    const { root, find } = await openAt(
      "details",
      { tags: ["a"], folder: "Maps" },
      lock("tags", "folder", "summary"),
    );
    expect(root.querySelector(".akw-tags button")).toBeNull();
    expect(find(".akw-tags").textContent).toBe("a");
    expect(find('[name="key-folder"]').hasAttribute("list")).toBe(false);
    expect(find<HTMLTextAreaElement>("textarea").readOnly).toBe(true);
    expect(marks(root)).toHaveLength(3);
  });

  it("hold the place of use and the time of the key", async () => {
    for (const [view, field] of [
      ["where", "private"],
      ["review", "generate"],
    ] as const) {
      const { root } = await openAt(view, {}, lock(field));
      expect(marks(root)).toHaveLength(1);
      expect(root.querySelectorAll("[type=radio]:not(:disabled)")).toHaveLength(0);
    }
  });
});
