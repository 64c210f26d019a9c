/** Why an account cannot make keys. */

import { notice } from "./notice";
import type { Account } from "./protocol";
import { quick as texts } from "./texts";

/** What is missing, said together where the same person can add it. */
export function missingNotice({ missing }: Account): HTMLElement {
  const labels = new Map<string, string[]>();
  for (const { label, hint } of missing) labels.set(hint, [...(labels.get(hint) ?? []), label]);
  const lines = [...labels].map(([hint, names]) => `${texts.lacks(names)} ${hint}`);
  return notice("warn", texts.roleTitle, ...lines);
}
