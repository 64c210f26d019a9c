/** The choice of a basemap: a native list, in groups. */

import { h, OWN_KEYS } from "../../form/dom";
import { words } from "./words";

export interface Choice {
  name: string;
  title: string;
  group: string;
  vector: boolean;
  raster: boolean;
}

let pickers = 0;

/**
 * Make the list of what this browser can draw, with its label.
 *
 * @param now the style that is shown; it is in the list even if the services do not name it, as own styles are
 */
export function picker(
  choices: readonly Choice[],
  now: string,
  webgl: boolean,
  choose: (name: string, title: string) => void,
): HTMLElement {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices.filter(({ vector, raster }) => raster || (webgl && vector))) {
    const group = groupOf(choice);
    groups.set(group, [...(groups.get(group) ?? []), choice]);
  }
  const id = `akwm-style-${++pickers}`;
  const select = h("select", { id, class: "akwm-select", ...OWN_KEYS });
  if (![...groups.values()].flat().some(({ name }) => name === now))
    select.append(h("option", { value: now }, now));
  for (const [label, members] of groups) {
    const options = members.map(({ name, title }) => h("option", { value: name }, title));
    select.append(h("optgroup", { label }, ...options));
  }
  select.value = now;
  select.addEventListener("change", () => choose(select.value, select.selectedOptions[0]?.textContent ?? ""));
  select.addEventListener("keydown", (event) => event.stopPropagation());
  return h("div", { class: "akwm-field" }, h("label", { for: id }, words.style), select);
}

function groupOf({ group, name }: Choice): string {
  const named = group && group[0]?.toUpperCase() + group.slice(1);
  return named || (words.families[name.split("/")[0] ?? ""] ?? words.others);
}
