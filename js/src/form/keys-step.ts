/** My keys: the code of it comes when it is first opened. */

import { PartStep } from "./part-step";
import type { Desk } from "./step";
import { header as texts } from "./texts";

export class Keys extends PartStep {
  constructor(desk: Desk) {
    super(desk, "keys", texts.keys);
  }
}
