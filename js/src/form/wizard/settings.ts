/** The settings of a key as the review tells them: part by part, in the person's words. */

import { placed } from "../catalogue";
import { h, OWN_KEYS } from "../dom";
import { isNewFolder } from "../folder-field";
import type { DraftFields, PrivilegeNode } from "../protocol";
import { review as texts, values } from "../texts";
import { endOf } from "../time";
import { bothClocks } from "./expiry";
import type { WizardView } from "./steps";
import { lines } from "./values";

type Part = keyof typeof texts.parts;
type Content = (Node | string)[];

/** One part of the request; the first part of a step leads back to it. */
export interface Setting {
  part: Part;
  view: WizardView | null;
  content: Content;
}

export interface Known {
  fields: DraftFields;
  /** Null until the kernel has told. */
  tree: PrivilegeNode[] | null;
  folders: string[] | null;
  most: number;
}

const SHOWN = 6; // items before the rest is folded away

export function settings(known: Known): Setting[] {
  const { fields } = known;
  return [
    { part: "where", view: "where", content: [fields.private ? values.private : values.public] },
    { part: "items", view: "items", content: items(fields) },
    { part: "privileges", view: "privileges", content: privileges(known) },
    { part: "expiry", view: "limits", content: [expiry(known)] },
    { part: "referrers", view: null, content: referrers(fields) },
    { part: "title", view: "details", content: [fields.title.trim() || values.untitled] },
    { part: "folder", view: null, content: [folder(known)] },
    { part: "tags", view: null, content: [fields.tags.join(", ") || texts.none] },
    { part: "summary", view: null, content: [fields.summary.trim() || texts.none] },
  ];
}

function items({ items }: DraftFields): Content {
  if (!items.length) return [texts.none];
  const rows = items.map(({ title }) => h("li", {}, title));
  const rest = rows.slice(SHOWN);
  const shown = h("ul", {}, ...rows.slice(0, SHOWN));
  if (!rest.length) return [shown];
  const summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, texts.more(rest.length));
  return [shown, h("details", { class: "akw-details" }, summary, h("ul", {}, ...rest))];
}

/** By group, as titles such as Edit or View say little alone. */
function privileges({ fields, tree }: Known): Content {
  if (!fields.privileges.length) return [texts.none];
  const places = placed(tree ?? []);
  const groups = new Map<string, string[]>();
  for (const name of fields.privileges) {
    const { group, title } = places.get(name) ?? { group: "", title: name };
    groups.set(group, [...(groups.get(group) ?? []), title]);
  }
  const rows = [...groups].map(([group, titles]) =>
    h("li", {}, group && h("span", { class: "akw-hint" }, `${group}: `), titles.join(", ")),
  );
  return [h("ul", {}, ...rows)];
}

function expiry({ fields, most }: Known): string {
  const end = endOf(fields, most);
  if (end === null) return texts.noExpiry;
  return fields.ends ? bothClocks(end) : texts.after(values.days(fields.days), bothClocks(end));
}

function referrers(fields: DraftFields): Content {
  const all = lines(fields.referrers);
  return all.length ? [h("ul", {}, ...all.map((line) => h("li", {}, line)))] : [texts.anyReferrer];
}

function folder({ fields, folders }: Known): string {
  const title = fields.folder.trim();
  if (!title) return texts.rootFolder;
  return folders && isNewFolder(title, folders) ? texts.newFolder(title) : title;
}
