/** The ways out that an alert offers, as buttons under its words. */

import { button, h, once } from "./dom";
import type { Action } from "./protocol";
import type { Desk } from "./step";

/** Draw the buttons, or nothing where there is no way out. */
export function actionRow(desk: Desk, actions: readonly Action[] | undefined): HTMLElement | null {
  if (!actions?.length) return null;
  return h("div", { class: "akw-row akw-actions" }, ...actions.map((action) => actionButton(desk, action)));
}

function actionButton(desk: Desk, action: Action): HTMLElement {
  const pressed = button(action.label, "small");
  pressed.addEventListener("click", () => once(pressed, () => take(desk, action).catch(desk.fail)));
  return pressed;
}

/** A session's own fields cannot be changed within it, so signing out comes first; all else follows the draft. */
async function take(desk: Desk, { draft, kind }: Action): Promise<void> {
  if (kind === "sign-out") await desk.ask(kind);
  if (draft) desk.draft.edit(draft);
  if (!kind || kind === "sign-out") return;
  if (desk.draft.underWay) await desk.draft.underWay;
  await desk.ask(kind, { draft: desk.draft.take() });
}
