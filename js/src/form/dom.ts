/** Building elements: text only ever becomes text, never markup. */

type Listener = (event: never) => void;
type Value = string | number | boolean | null | undefined | Listener;
type Child = Node | string | null | false;

/** Make an element; functions become listeners (`onclick`), booleans bare attributes, null nothing. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  fill(element, ...children);
  return element;
}

/** Set or remove one attribute. */
export function set(element: Element, name: string, value: Value): void {
  if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
  else if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Replace what is in an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(
    ...children.filter((child): child is Node | string => child !== null && child !== false),
  );
}

/** Change an element's text only where it differs, so that screen readers do not say it twice. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** On the focused element itself, this keeps its letters, arrows and Enter from JupyterLab's command mode. */
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

type Look = "go" | "plain" | "link" | "small";

/** Make a button; `go` is the one primary button of a card. */
export function button(label: string, look: Look, attributes: Record<string, Value> = {}): HTMLButtonElement {
  return h("button", { type: "button", class: `akw-button akw-${look}`, ...OWN_KEYS, ...attributes }, label);
}

/** Run some work on a press of a button, once at a time; the button keeps the focus meanwhile. */
export function once(pressed: HTMLElement, work: () => Promise<unknown>): void {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  void work().finally(() => pressed.removeAttribute("aria-disabled"));
}

/** Let Enter in a field submit its form: JupyterLab cancels what browsers do by themselves. */
export function submitByEnter(form: HTMLFormElement): void {
  form.addEventListener("keydown", (event) => {
    const inField = (event.target as Element).matches("input");
    if (event.key !== "Enter" || !inField || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** The element that has the focus, also inside a shadow root. */
export function focused(near: Node): Element | null {
  return (near.getRootNode() as Partial<DocumentOrShadowRoot>).activeElement ?? null;
}

/** Whether the focus is in an element. */
export function holdsFocus(element: Element): boolean {
  return element.contains(focused(element));
}

const SVG = "http://www.w3.org/2000/svg";

/** Draw an icon of 18 by 18 from path data. */
export function icon(...paths: string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 18 18",
    class: "akw-icon",
    "aria-hidden": "true",
  }))
    svg.setAttribute(name, value);
  for (const data of paths) svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", data);
  return svg;
}
