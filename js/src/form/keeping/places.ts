/** Where a key can be kept, as the kernel tells it. */

export interface Places {
  places: {
    id: "keyring" | ".env";
    usable: boolean;
    /** Which keyring or file it is; or why it cannot be used, and what to do. */
    why: string;
    /** Whether it has another key of this credential. */
    older: boolean;
  }[];
  /** The place that has this key. */
  kept: "keyring" | ".env" | null;
}
