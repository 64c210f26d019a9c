/** What every way to sign in is, and the fields that hold its secret. */

import { Field } from "../field";
import type { DraftFields, FieldName, State } from "../protocol";
import type { Desk } from "../step";

export const PLAIN = { spellcheck: "false", autocapitalize: "none" };

/** Password managers should let these alone: they are no passwords that they know. */
export const UNMANAGED = {
  autocomplete: "off",
  "data-1p-ignore": true,
  "data-lpignore": "true",
  "data-bwignore": true,
};

export interface Way {
  readonly element: HTMLElement;
  /** What is typed here goes to the kernel as bytes, and nowhere else. */
  readonly secret: Field;
  update(state: State, shown: boolean): void;
  /** What stands in the other fields, also where the browser filled them without an event. */
  read(): Partial<DraftFields>;
  close?(): void;
}

type SecretName = Exclude<FieldName, keyof DraftFields>;

interface Options {
  name: SecretName;
  label: string;
  hint?: string;
  /** A code that works once may be seen; all else is masked. */
  type?: "text" | "password";
  attributes: Record<string, string | boolean>;
}

/** Make a field that is no part of the draft; typing in it only takes its error away. */
export function makeSecret(desk: Desk, { name, label, hint, type = "password", attributes }: Options): Field {
  const field: Field = new Field({
    id: desk.id(name),
    name,
    label,
    type,
    ...(hint && { hint }),
    attributes: { ...PLAIN, ...attributes },
    edit: () => {
      delete desk.draft.errors[name];
      field.error(undefined);
    },
  });
  return field;
}
