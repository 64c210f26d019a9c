/** The list of keys, loaded when it is first opened. */

import type { Desk, Step } from "../step";
import { KeysView } from "./view";

/** @param heading of the step, which takes the focus */
export function open(desk: Desk, heading: HTMLElement): Step {
  return new KeysView(desk, heading);
}
