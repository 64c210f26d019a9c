/** My keys: the code of it comes when it is first opened. */

import { PartStep } from "./part-step";
import type { Phase } from "./protocol";
import type { Desk } from "./step";
import { header as texts } from "./texts";

export class Keys extends PartStep {
  constructor(desk: Desk) {
    super(desk, "keys", texts.keys);
  }
}

/** Lead to the keys; from one that is ready, back to the settings first. */
export async function openKeys(desk: Desk, phase: Phase): Promise<void> {
  if (phase === "ready") await desk.ask("another");
  desk.draft.edit({ view: "keys" });
}
