/** The settings of a key as the review tells them: part by part, in the person's words. */

import { lines } from "../beyond";
import { placed } from "../catalogue";
import { h, OWN_KEYS } from "../dom";
import { isNewFolder } from "../folder-field";
import { nameOf } from "../item-basket";
import type { DraftFields, PrivilegeNode } from "../protocol";
import { review as texts, ephemeral as tied, values } from "../texts";
import { endOf } from "../time";
import { bothClocks } from "./expiry";
import type { WizardView } from "./steps";

type Part = keyof typeof texts.parts;
type Content = (Node | string)[];

/** One part of the request, and the step that holds it. */
export interface Setting {
  part: Part;
  view: WizardView;
  content: Content;
}

interface Known {
  fields: DraftFields;
  /** Null until the kernel has told. */
  tree: PrivilegeNode[] | null;
  folders: string[] | null;
  most: number;
}

const SHOWN = 6; // items before the rest is folded away
const MANY = 8; // privileges of a group that are folded away

export function settings(known: Known): Setting[] {
  const { fields } = known;
  return [
    { part: "where", view: "where", content: [fields.private ? values.private : values.public] },
    { part: "items", view: "items", content: items(fields) },
    { part: "privileges", view: "privileges", content: privileges(known) },
    { part: "expiry", view: "limits", content: [expiry(known)] },
    { part: "referrers", view: "limits", content: referrers(fields) },
    { part: "title", view: "details", content: [fields.title.trim() || values.untitled] },
    { part: "folder", view: "details", content: [folder(known)] },
    ...optional("tags", fields.tags.join(", ")),
    ...optional("summary", fields.summary.trim()),
  ];
}

function optional(part: Part, text: string): Setting[] {
  return text ? [{ part, view: "details", content: [text] }] : [];
}

function items({ items }: DraftFields): Content {
  if (!items.length) return [texts.none];
  const rows = items.map((item) => h("li", {}, nameOf(item)));
  const rest = rows.slice(SHOWN);
  const shown = h("ul", {}, ...rows.slice(0, SHOWN));
  if (!rest.length) return [shown];
  return [shown, folded(texts.more(rest.length), h("ul", {}, ...rest))];
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
  return [h("ul", {}, ...[...groups].map(([group, titles]) => h("li", {}, groupRow(group, titles))))];
}

function groupRow(group: string, titles: string[]): HTMLElement {
  const row = h("span", {}, group && h("span", { class: "akw-hint" }, `${group}: `), titles.join(", "));
  return titles.length > MANY
    ? folded(texts.group(group, titles.length), h("div", {}, titles.join(", ")))
    : row;
}

function folded(summary: string, content: HTMLElement): HTMLElement {
  const head = h("summary", { class: "akw-summary", ...OWN_KEYS }, summary);
  return h("details", { class: "akw-details" }, head, content);
}

function expiry({ fields, most }: Known): string {
  const end = endOf(fields, most);
  if (end === null) return texts.noExpiry;
  if (fields.ephemeral) return tied.until(bothClocks(end));
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
