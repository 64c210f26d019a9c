/** A labelled field of several lines. */

import { h, OWN_KEYS } from "./dom";
import { Labelled } from "./field";

type Options = ConstructorParameters<typeof Labelled>[1] & { rows: number };

export class Area extends Labelled<HTMLTextAreaElement> {
  constructor(options: Options) {
    const { id, name, rows, attributes = {} } = options;
    super(
      h("textarea", { id, name, rows, class: "akw-input akw-area", ...OWN_KEYS, ...attributes }),
      options,
    );
  }
}
