/** Where the focus goes when something is wrong. */

/** Move the focus to the first invalid field that can be seen; tell whether there is one. */
export function focusInvalid(root: Element): boolean {
  const first = firstInvalid(root);
  first?.focus();
  return first !== undefined;
}

/** The first invalid field that can be seen. */
export function firstInvalid(root: Element): HTMLElement | undefined {
  const invalid = [...root.querySelectorAll<HTMLElement>('[aria-invalid="true"]')];
  return invalid.find((field) => !field.closest("[hidden]"));
}
