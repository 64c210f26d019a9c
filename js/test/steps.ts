/** What the tests of the wizard share: a small tree of privileges, and answers to drafts. */

import type { DraftFields, Errors, PrivilegeNode, State, View } from "../src/form/protocol";
import { type Kernel, makeState, type Opened, open } from "./kernel";

/** A privilege, or a group of them. */
export function node(id: string, title: string, part: Partial<PrivilegeNode> = {}): PrivilegeNode {
  return { id, title, about: "", cost: "", reason: "", children: [], ...part };
}

/** Location services for all; editing for private applications only. */
export function makeTree(isPrivate: boolean): PrivilegeNode[] {
  const reason = isPrivate ? "" : "private application only";
  return [
    node("group:location", "Location services", {
      children: [
        node("premium:user:basemaps", "Basemap styles service"),
        node("premium:user:geocode", "Geocoding", { cost: "uses credits" }),
      ],
    }),
    node("group:general", "General", { children: [node("features:user:edit", "Edit", { reason })] }),
  ];
}

/** Answer every question about privileges that is open. */
export async function answerTrees(kernel: Kernel): Promise<void> {
  for (const { id, private: isPrivate } of kernel.asked("privileges"))
    kernel.say({ kind: "answer", re: id, ok: true, tree: makeTree(isPrivate === true) });
  await kernel.answer("nothing");
}

/** Answer the last draft as the kernel does: with the whole of it. */
export async function confirm(kernel: Kernel, state: State, errors: Errors = {}): Promise<void> {
  const part = kernel.asked("draft").at(-1)?.draft as Partial<DraftFields>;
  Object.assign(state.draft, part);
  await kernel.answer("draft", { errors, draft: { ...state.draft } });
}

/** Open the form at a step of the wizard. */
export async function openAt(
  view: View,
  draft: Partial<DraftFields> = {},
  part: Partial<State> = {},
): Promise<Opened & { state: State }> {
  const state = makeState("signed-in", part, { ...draft, view });
  return { ...(await open(state)), state };
}

export function press(key: string, element: Element): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
  return event;
}
