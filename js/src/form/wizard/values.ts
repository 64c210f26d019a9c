/** What each step of the wizard holds, in a few words. */

import { lines } from "../beyond";
import { nameOf } from "../item-basket";
import type { DraftFields } from "../protocol";
import { values as texts } from "../texts";
import { formatDay } from "../time";
import type { WizardView } from "./steps";

/** The value that stands under a step's name. */
export function summarise(view: WizardView, fields: DraftFields, wrong: number): string {
  return VALUES[view](fields, wrong);
}

const VALUES: Record<WizardView, (fields: DraftFields, wrong: number) => string> = {
  where: (fields) => (fields.private ? texts.private : texts.public),
  items: ({ items }) => (items[0] ? texts.items(nameOf(items[0]), items.length - 1) : texts.noItems),
  privileges: ({ privileges }) => texts.privileges(privileges.length),
  limits: (fields) => texts.limits(expiry(fields), lines(fields.referrers).length),
  details: ({ title }) => title.trim() || texts.untitled,
  review: (_, wrong) => (wrong ? texts.wrong(wrong) : texts.unsent),
};

function expiry({ ends, days, ephemeral }: DraftFields): string {
  if (ephemeral) return texts.ephemeral;
  const end = Date.parse(ends);
  return ends && !Number.isNaN(end) ? texts.until(formatDay(end)) : texts.days(days);
}
