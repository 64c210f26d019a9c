/** The map widget's front end: a small module, as anywidget loads it; the rest comes when it is shown. */

import type { RenderProps } from "@anywidget/types";
import { Frame } from "./frame";
import { ModelLine } from "./line";

function render({ model, el }: Pick<RenderProps, "model" | "el">): () => void {
  const prefix = `akwm-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  const line = new ModelLine(model, prefix, (silence) => frame.tellSilence(silence));
  const frame = new Frame(line, model.get("height"));
  el.append(frame.element);
  void frame.open();
  return () => {
    frame.close();
    line.close();
  };
}

export default { render };
