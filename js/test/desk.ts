/** One step on a desk of its own: what is typed in it, and what it asks the kernel. */

import { Channel } from "../src/form/channel";
import { Draft } from "../src/form/draft";
import type { FoundItem, State } from "../src/form/protocol";
import type { Desk } from "../src/form/step";
import { Kernel } from "./kernel";

interface Part {
  element: HTMLElement;
  update(state: State): void;
  tick?(): void;
}

export interface Laid {
  kernel: Kernel;
  desk: Desk;
  /** What screen readers were told. */
  said: string[];
  root: HTMLElement;
  find<E extends HTMLElement = HTMLElement>(selector: string): E;
  all<E extends HTMLElement = HTMLElement>(selector: string): E[];
  texts(selector: string): string[];
  /** Press a key where the focus is; tells whether the page took it. */
  key(key: string, init?: KeyboardEventInit): boolean;
  update(state: State): void;
  /** Have it look at the clock. */
  tick(): void;
}

let desks = 0;

/** Put a step on the page, up to date with a state. */
export function lay(make: (desk: Desk) => Part, first: State): Laid {
  const kernel = new Kernel();
  const said: string[] = [];
  const prefix = `desk-${++desks}`;
  const channel = new Channel(kernel.model, prefix, { state: () => {}, silence: () => {}, draft: () => {} });
  let state = first;
  const draft = new Draft(channel, () => part.update(state));
  draft.receive(state);
  const desk: Desk = {
    ask: (...question) => channel.ask(...question),
    draft,
    id: (name) => `${prefix}-${name}`,
    announce: (text) => said.push(text),
    fail: (error) => {
      throw error;
    },
  };
  const part = make(desk);
  part.update(state);
  const root = part.element;
  document.body.replaceChildren(root);
  const all = <E extends HTMLElement>(selector: string): E[] => [...root.querySelectorAll<E>(selector)];
  return {
    kernel,
    desk,
    said,
    root,
    all,
    find: <E extends HTMLElement>(selector: string): E => {
      const [found] = all<E>(selector);
      if (!found) throw new Error(`nothing matches ${selector}`);
      return found;
    },
    texts: (selector) => all(selector).map(({ textContent }) => textContent ?? ""),
    key: (key, init = {}) => press(key, init),
    tick: () => part.tick?.(),
    update: (next) => {
      state = next;
      draft.receive(next);
      part.update(next);
    },
  };
}

function press(key: string, init: KeyboardEventInit): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  (document.activeElement as HTMLElement).dispatchEvent(event);
  return event.defaultPrevented;
}

/** An item of a portal. */
export function item(id: string, title: string, part: Partial<FoundItem> = {}): FoundItem {
  return { id, title, type: "Feature Service", access: "private", owner: "ada", ...part };
}

/** The answer to a search that found these and no more. */
export function page(...items: FoundItem[]): object {
  return { items, total: items.length, next_start: null };
}
