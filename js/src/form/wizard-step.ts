/** All settings: the code of them comes when they are first opened. */

import { PartStep } from "./part-step";
import type { Desk } from "./step";
import { quick as texts } from "./texts";

export class AllSettings extends PartStep {
  constructor(desk: Desk) {
    super(desk, "wizard", texts.allSettings);
  }
}
