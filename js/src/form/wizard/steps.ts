/** The steps of the wizard in their order, and which of them holds which field. */

import type { DraftFields, Errors, FieldName, State, View } from "../protocol";

export type WizardView = Exclude<View, "quick" | "keys">;

export const ORDER: readonly WizardView[] = ["where", "items", "privileges", "limits", "details", "review"];

const HOME: Partial<Record<FieldName, WizardView>> = {
  private: "where",
  items: "items",
  preset: "privileges",
  privileges: "privileges",
  days: "limits",
  ends: "limits",
  referrers: "limits",
  title: "details",
  summary: "details",
  tags: "details",
  folder: "details",
  generate: "review",
};

const ON_QUICK_KEY: ReadonlySet<FieldName> = new Set(["preset", "days", "title", "folder"]);

/** The step that holds a field; undefined for fields that the wizard does not have. */
function homeOf(field: FieldName): WizardView | undefined {
  return HOME[field];
}

/** The view that shows a refused field: the open one where that can, else a step of the wizard. */
export function viewFor(field: FieldName, { view, preset }: DraftFields, presets: State["presets"]): View {
  const picks = presets.find(({ id }) => id === preset)?.needs_item === true;
  const here = view === "quick" && (ON_QUICK_KEY.has(field) || (field === "items" && picks));
  return here ? view : (homeOf(field) ?? view);
}

/** What is wrong in the wizard, in the order of its steps. */
export function troubles(errors: Errors): { field: FieldName; view: WizardView; message: string }[] {
  return (Object.entries(errors) as [FieldName, string][])
    .flatMap(([field, message]) => {
      const view = homeOf(field);
      return view && message ? [{ field, view, message }] : [];
    })
    .sort((one, other) => ORDER.indexOf(one.view) - ORDER.indexOf(other.view));
}
