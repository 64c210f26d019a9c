/** All settings of a key, loaded when they are first opened. */

import { h } from "../dom";
import type { Desk, Step } from "../step";
import { Wizard } from "./wizard";
import css from "./wizard.css?inline";

export function open(desk: Desk): Step {
  const wizard = new Wizard(desk);
  wizard.element.prepend(h("style", {}, css));
  return wizard;
}
