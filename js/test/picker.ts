/** The picker of items on a desk of its own, and what the tests of its parts look at. */

import { ItemPicker } from "../src/form/item-picker";
import type { PickedItem } from "../src/form/protocol";
import { item, type Laid, lay } from "./desk";
import { makeState } from "./kernel";

export const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
export const SOILS = item("1", "Soils");
export const TRAILS = item("2", "Trails");
export const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => item(`n${from + index}`, `Item ${from + index}`));

export function picker(look: "compact" | "full" = "compact", items: PickedItem[] = [], limit = 100): Laid {
  const make = (desk: ConstructorParameters<typeof ItemPicker>[0]) => {
    const made = new ItemPicker(desk, look);
    return { element: made.element, update: () => made.update(true, limit) };
  };
  return lay(make, makeState("signed-in", {}, { items }));
}

export const count = ({ find }: Laid) => find(".akw-finder .akw-count").textContent;
export const active = ({ find, root }: Laid) =>
  root.querySelector(`[id="${find("[role=combobox]").getAttribute("aria-activedescendant")}"]`)
    ?.textContent ?? null;
export const chosen = ({ desk }: Laid) => desk.draft.fields.items.map(({ id }) => id);
