/** What each step of the wizard holds, in a few words. */

import { nameOf } from "../item-basket";
import type { DraftFields } from "../protocol";
import { counted, values as texts } from "../texts";
import { formatDay } from "../time";
import type { WizardView } from "./steps";

/** The value that stands under a step's name. */
export function summarise(view: WizardView, fields: DraftFields, wrong: number): string {
  return VALUES[view](fields, wrong);
}

/** What a key would hold that the quick key does not show, as parts of a sentence; `picks`: it shows the items. */
export function beyondQuick(fields: DraftFields, picks: boolean): string[] {
  const { items, tags } = fields;
  const referrers = lines(fields.referrers).length;
  return [
    fields.private && texts.alsoPrivate,
    !picks && items.length > 0 && counted(items.length, "item"),
    referrers > 0 && counted(referrers, "referrer"),
    tags.length > 0 && counted(tags.length, "tag"),
    fields.summary.trim() && texts.alsoSummary,
    !fields.generate && texts.alsoLater,
  ].filter((part) => typeof part === "string" && part !== "") as string[];
}

/** The lines of a text that hold something. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

const VALUES: Record<WizardView, (fields: DraftFields, wrong: number) => string> = {
  where: (fields) => (fields.private ? texts.private : texts.public),
  items: ({ items }) => (items[0] ? texts.items(nameOf(items[0]), items.length - 1) : texts.noItems),
  privileges: ({ privileges }) => texts.privileges(privileges.length),
  limits: (fields) => texts.limits(expiry(fields), lines(fields.referrers).length),
  details: ({ title }) => title.trim() || texts.untitled,
  review: (_, wrong) => (wrong ? texts.wrong(wrong) : texts.unsent),
};

function expiry({ ends, days }: DraftFields): string {
  const end = Date.parse(ends);
  return ends && !Number.isNaN(end) ? texts.until(formatDay(end)) : texts.days(days);
}
