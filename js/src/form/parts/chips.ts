/** Chosen things as chips, each with a button that takes it away; one stop of the Tab key for all of them. */

import { button, focused, h, say, set } from "../dom";

export interface Chip {
  id: string;
  title: string;
  /** What it is, in a few words; may be empty. */
  note?: string;
  /** Whether a message speaks of it. */
  wrong?: boolean;
}

interface Settings {
  /** Name of the list, for screen readers. */
  label: string;
  /** Take a chip away; the list follows by `show`. */
  remove(id: string): void;
  /** The words on a chip's button. */
  removeLabel(title: string): string;
  /** What to tell screen readers when a chip is gone and some are left. */
  removed(title: string, left: number): string;
  announce(text: string): void;
  /** Where the focus goes after the last chip. */
  emptied?(): void;
}

const CROSS = "✕";

export class Chips {
  readonly element: HTMLUListElement;
  readonly #settings: Settings;
  readonly #chips = new Map<string, HTMLLIElement>();
  #list: readonly Chip[] = [];
  #active: string | undefined;
  /** Index of a chip that is being taken away while the focus is on it. */
  #left = -1;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.element = h("ul", { class: "akw-chips", "aria-label": settings.label, hidden: true });
    this.element.addEventListener("click", this.#onClick);
    this.element.addEventListener("keydown", this.#onKey);
    this.element.addEventListener("focusin", (event) => this.#activate(idOf(event.target)));
  }

  /** Show these chips; those that stay keep their elements, and with them the focus. */
  show(list: readonly Chip[], locked = false): void {
    this.#list = list;
    const wanted = new Set(list.map(({ id }) => id));
    for (const [id, chip] of this.#chips) {
      if (wanted.has(id)) continue;
      chip.remove();
      this.#chips.delete(id);
    }
    for (const [index, chip] of list.entries()) this.#place(chip, index);
    for (const cross of this.#buttons()) cross.hidden = locked;
    set(this.element, "tabindex", locked ? 0 : null); // with no button in it, the list itself is what scrolls by keys
    this.element.hidden = list.length === 0;
    this.#activate(this.#active && wanted.has(this.#active) ? this.#active : list[0]?.id);
    if (this.#left >= 0) this.#refocus();
  }

  #place(chip: Chip, index: number): void {
    const element = this.#chips.get(chip.id) ?? this.#make(chip);
    const [title, note] = [...element.children] as [Element, Element];
    say(title, chip.title);
    set(title, "title", chip.title);
    set(element, "data-wrong", chip.wrong ?? false);
    say(note, chip.note ?? "");
    if (this.element.children[index] !== element)
      this.element.insertBefore(element, this.element.children[index] ?? null);
  }

  #make({ id, title }: Chip): HTMLLIElement {
    const label = this.#settings.removeLabel(title);
    const cross = button(CROSS, "small", { "aria-label": label, title: label, tabindex: -1 });
    const words = [h("span", { class: "akw-clip" }), h("span", { class: "akw-chip-note" })];
    const chip = h("li", { class: "akw-picked", "data-id": id }, ...words, cross);
    this.#chips.set(id, chip);
    return chip;
  }

  #buttons(): HTMLButtonElement[] {
    return this.#list.flatMap(({ id }) => this.#button(id) ?? []);
  }

  #button(id: string | undefined): HTMLButtonElement | null {
    return this.#chips.get(id ?? "")?.querySelector("button") ?? null;
  }

  /** Give one chip's button the place in the Tab order. */
  #activate(id: string | undefined): void {
    for (const [other, index] of [
      [this.#active, -1],
      [id, 0],
    ] as const) {
      const cross = this.#button(other);
      if (cross && cross.tabIndex !== index) cross.tabIndex = index;
    }
    this.#active = id;
  }

  #remove(id: string): void {
    const index = this.#list.findIndex((chip) => chip.id === id);
    const chip = this.#list[index];
    if (!chip) return;
    this.#left = focused(this.element) === this.#button(id) ? index : -1;
    this.#settings.remove(id);
    this.#settings.announce(this.#settings.removed(chip.title, this.#list.length));
  }

  /** The focus goes on to the next chip, else to the one before, else out of the list. */
  #refocus(): void {
    const next = this.#list[Math.min(this.#left, this.#list.length - 1)];
    this.#left = -1;
    if (next) this.#button(next.id)?.focus();
    else this.#settings.emptied?.();
  }

  readonly #onClick = (event: MouseEvent): void => {
    const id = (event.target as Element).closest("button") ? idOf(event.target) : undefined;
    if (id !== undefined) this.#remove(id);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const id = idOf(event.target);
    const index = this.#list.findIndex((chip) => chip.id === id);
    const last = this.#list.length - 1;
    const to: Record<string, number> = {
      ArrowRight: Math.min(index + 1, last),
      ArrowDown: Math.min(index + 1, last),
      ArrowLeft: Math.max(index - 1, 0),
      ArrowUp: Math.max(index - 1, 0),
      Home: 0,
      End: last,
    };
    if (event.key === "Delete" || event.key === "Backspace") this.#remove(id ?? "");
    else if (event.key in to) this.#button(this.#list[to[event.key] as number]?.id)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function idOf(target: EventTarget | null): string | undefined {
  return (target as Element).closest<HTMLElement>("[data-id]")?.dataset.id;
}
