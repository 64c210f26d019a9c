/** What a step of the form is, and what it may use. */

import type { Channel } from "./channel";
import type { Draft } from "./draft";
import type { State } from "./protocol";

export interface Desk {
  ask: Channel["ask"];
  draft: Draft;
  /** Make an element's id unique in the page, where a notebook may show many forms. */
  id(name: string): string;
  /** Tell screen readers something that everybody else sees. */
  announce(text: string): void;
  /** Show an error at its field, or above the step; a closed view shows nothing. */
  fail(error: unknown): void;
}

export interface Step {
  /** Body and footer; the card's header stands above. */
  readonly element: HTMLElement;
  /** Takes the focus when the step opens. */
  readonly heading: HTMLElement;
  /** Bring the step up to date in place: what is being typed and the focus stay. */
  update(state: State): void;
  /** Time has passed: tell anew what depends on the clock, and ask nothing for it. */
  tick?(): void;
  close?(): void;
}
