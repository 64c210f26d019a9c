/** The items that the key will open: the draft's, never more than the limit. */

import type { PickedItem } from "./protocol";
import type { Desk } from "./step";
import { items as texts } from "./texts";

export class Basket {
  limit = 100;
  /** Why the last item was not taken; empty when there is room again. */
  refusal = "";
  readonly #desk: Desk;
  readonly #refused: () => void;

  /** `refused` is called where the draft does not change, but there is something to say. */
  constructor(desk: Desk, refused: () => void) {
    this.#desk = desk;
    this.#refused = refused;
  }

  get items(): PickedItem[] {
    return this.#desk.draft.fields.items;
  }

  get ids(): Set<string> {
    return new Set(this.items.map(({ id }) => id));
  }

  /** Choose an item, or take it back. */
  toggle(item: PickedItem): void {
    if (this.ids.has(item.id)) {
      this.remove(item.id);
      this.#desk.announce(texts.removed(nameOf(item), this.items.length));
    } else if (this.add([item]).refused.length) this.#desk.announce(this.refusal);
    else this.#desk.announce(texts.added(nameOf(item), this.items.length, this.limit));
  }

  /** Choose several items: those that find no room are told by what comes back. */
  add(items: readonly PickedItem[]): { added: number; refused: PickedItem[] } {
    const ids = this.ids;
    const news = items.filter(({ id }) => !ids.has(id) && ids.add(id));
    const room = Math.max(0, this.limit - this.items.length);
    const refused = news.slice(room);
    this.refusal = refused.length ? texts.full(this.limit) : "";
    const added = news.slice(0, room).map(plain);
    if (added.length) this.#desk.draft.edit({ items: [...this.items, ...added] });
    else this.#refused();
    return { added: added.length, refused };
  }

  remove(id: string): void {
    this.refusal = "";
    this.#desk.draft.edit({ items: this.items.filter((item) => item.id !== id) });
  }
}

function plain({ id, title, type, owner, access }: PickedItem): PickedItem {
  return { id, title, type, owner, access };
}

/** What an item is called: its id, where it has no title. */
export function nameOf({ id, title }: PickedItem): string {
  return title.trim() || id;
}

/** What an item is, in a few words. */
export function describe({ type, owner, access }: PickedItem): string {
  return [type, owner, texts.access_words[access] ?? access].filter(Boolean).join(" · ");
}
