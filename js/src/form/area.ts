/** A labelled field of several lines. */

import { h, OWN_KEYS } from "./dom";
import { Labelled } from "./field";

type Options = ConstructorParameters<typeof Labelled>[1] & { rows: number };

const PASSAGE = 20_000; // characters that the kernel takes for a text of several lines

export class Area extends Labelled<HTMLTextAreaElement> {
  constructor(options: Options) {
    const { id, name, rows, attributes = {} } = options;
    super(
      h("textarea", {
        id,
        name,
        rows,
        maxlength: PASSAGE,
        class: "akw-input akw-area",
        ...OWN_KEYS,
        ...attributes,
      }),
      options,
    );
  }
}
