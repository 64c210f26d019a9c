/** What a key would hold that the quick key does not show. */

import type { DraftFields } from "./protocol";
import { counted, quick as texts } from "./texts";

/** Parts of a sentence; `picks`: the items are shown. */
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
