/** Whether the person does something meanwhile: JupyterLab moves the focus by itself, but presses no key. */

const EVENTS = ["keydown", "pointerdown"] as const;

export class Hands {
  /** Whether a key or the pointer was pressed since. */
  moved = false;

  constructor() {
    for (const event of EVENTS) document.addEventListener(event, this.#move, true);
  }

  stop(): void {
    for (const event of EVENTS) document.removeEventListener(event, this.#move, true);
  }

  readonly #move = (): void => {
    this.moved = true;
    this.stop();
  };
}
