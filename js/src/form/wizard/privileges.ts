/** What the key may do: its place in the wizard. */

import { h } from "../dom";
import type { Step } from "../step";
import { wizard } from "../texts";

export class PrivilegesStep implements Step {
  readonly heading = h("h3", { class: "akw-heading", tabindex: -1 }, wizard.names.privileges);
  readonly element = h("div", {}, this.heading);

  update(): void {}
}
