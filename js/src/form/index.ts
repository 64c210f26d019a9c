/** The widget's front end: one self-contained module, as anywidget loads it. */

import type { RenderProps } from "@anywidget/types";
import { Form } from "./form";

/** Unique among all views of a model, in every page that shows it: answers go to all of them. */
function makePrefix(): string {
  return `akw-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
}

function render({ model, el }: Pick<RenderProps, "model" | "el">): () => void {
  const form = new Form(model, el, makePrefix());
  return () => form.close();
}

export default { render };
