/** What an account lacks for making keys, said together where the same person can add it. */

import { notice } from "./notice";
import type { Account } from "./protocol";
import { quick as texts } from "./texts";

/** Sentences on what is missing and who can change it, one for each who can. */
export function missingLines({ missing }: Account): string[] {
  const labels = new Map<string, string[]>();
  for (const { label, hint } of missing) labels.set(hint, [...(labels.get(hint) ?? []), label]);
  return [...labels].map(([hint, names]) => `${texts.lacks(names)} ${hint}`);
}

export function missingNotice(account: Account): HTMLElement {
  return notice("warn", texts.roleTitle, ...missingLines(account));
}
