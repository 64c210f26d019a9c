/** The list of keys, loaded when it is first opened. */

import type { Desk, Step } from "../step";
import { KeysView } from "./view";

export function open(desk: Desk): Step {
  return new KeysView(desk);
}
