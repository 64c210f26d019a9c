/** Keys that are there, as the kernel tells them. */

/** One of the two places for keys in a credential. */
export interface SlotRow {
  number: number;
  state: "free" | "live" | "ended";
  ends_utc: string | null;
  /** Whether its key is in this kernel. */
  here: boolean;
}

/** A credential in the list of keys. */
export interface KeyRow {
  id: string;
  title: string;
  summary: string;
  folder: string;
  tags: string[];
  referrers: string[];
  /** Titles of the privileges, and how many items. */
  opens: string[];
  /** None of a legacy key. */
  slots: SlotRow[];
  protected: boolean;
  legacy: boolean;
  /** Its page in the portal. */
  url: string;
}

/** What became of one of many. */
export interface Outcome {
  id: string;
  title: string;
  state: "planned" | "done" | "failed" | "not tried";
  why: string;
}
