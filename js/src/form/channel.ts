/** Questions to the kernel, answered by id, and what the kernel says unasked. */

import type { AnyModel } from "@anywidget/types";
import type { Answers, DraftFields, FieldName, Incoming, Kind, State, Trouble } from "./protocol";
import { type Silence, SilenceClock } from "./silence";
import { kernel } from "./texts";

export type Model = Pick<AnyModel, "get" | "on" | "off" | "send">;

interface Listeners {
  state(state: State): void;
  /** What another view of the same form has told the kernel. */
  draft(draft: DraftFields): void;
  silence(silence: Silence): void;
}

/** A refusal of the kernel, or its silence. */
export class AskError extends Error {
  readonly hint: string;
  readonly field: FieldName | undefined;

  constructor(trouble: Trouble) {
    super(trouble.title);
    this.hint = trouble.hint;
    this.field = trouble.field;
  }

  /** Title and hint in one line, for places with no room for two. */
  get text(): string {
    return `${this.message} ${this.hint}`.trim();
  }
}

/** The kernel did not answer within the question's limit. */
export class Silent extends AskError {}

/** The view or the wire was closed before the answer came; there is no more to tell. */
export class Closed extends Error {
  /** Parts of the code that come later have another class of this name: they know this one by this. */
  override readonly name = "AbortError";
}

/** Whether there is no more to tell, whichever bundle the error's class is of. */
export function isClosed(error: unknown): boolean {
  return (error as Error).name === "AbortError";
}

/** An error in one line, whichever bundle its class is of. */
export function textOf(error: unknown): string {
  return (error as Partial<AskError>).text ?? String(error);
}

interface Pending {
  resolve(answer: never): void;
  reject(error: Error): void;
  timer: number | undefined;
}

const PATIENCE = 20_000;
/** Answered without the portal; the others wait for it, whose limit the kernel keeps, and a look heals a long silence. */
const LIMITED: ReadonlySet<Kind> = new Set([
  "draft",
  "page",
  "kind",
  "transcript",
  "privileges",
  "check",
  "code",
  "reveal",
  "copy",
  "another",
  "forget",
]);

/** One view's half of the conversation; several views of one model tell their answers apart by a prefix. */
export class Channel {
  readonly #model: Model;
  readonly #prefix: string;
  readonly #listeners: Listeners;
  readonly #pending = new Map<string, Pending>();
  readonly #silence: SilenceClock;
  #asked = 0;
  #closed = false;

  constructor(model: Model, prefix: string, listeners: Listeners) {
    this.#model = model;
    this.#prefix = prefix;
    this.#listeners = listeners;
    this.#silence = new SilenceClock(
      () => this.#send({ kind: "look", id: `${prefix}-probe` }, []),
      (silence) => listeners.silence(silence),
    );
    model.on("msg:custom", this.#hear);
  }

  /**
   * Ask the kernel one question.
   *
   * @returns what the answer holds, with its binary buffers
   * @throws AskError: refused; as Silent, no answer within 20 s where the question has a limit
   */
  ask<K extends Kind>(
    kind: K,
    body: object = {},
    buffers: ArrayBuffer[] = [],
  ): Promise<Answers[K] & { buffers: DataView[] }> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Closed());
      const id = `${this.#prefix}-${++this.#asked}`;
      const timer = LIMITED.has(kind) ? window.setTimeout(() => this.#giveUp(id), PATIENCE) : undefined;
      this.#pending.set(id, { resolve, reject, timer });
      this.#silence.start();
      this.#send({ ...body, kind, id }, buffers);
    });
  }

  /** Drop every open question and stop listening. */
  close(): void {
    this.#closed = true;
    this.#model.off("msg:custom", this.#hear);
    this.#silence.stop();
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(new Closed());
  }

  /** A restarted kernel has closed the wire: then sending throws, and no answer will ever come. */
  #send(message: { kind: Kind; id: string }, buffers: ArrayBuffer[]): void {
    try {
      this.#model.send(message, undefined, buffers);
    } catch {
      this.#silence.stop();
      this.#silence.say("lost");
      this.#take(message.id)?.reject(new Closed());
    }
  }

  readonly #hear = (message: Incoming, buffers: DataView[]): void => {
    this.#silence.stop();
    this.#silence.say("none");
    if (message.kind === "state") this.#listeners.state(message.state);
    else if (message.kind === "answer") this.#answer(message, buffers);
  };

  #answer(message: Extract<Incoming, { kind: "answer" }>, buffers: DataView[]): void {
    const pending = this.#take(message.re);
    if (!pending) {
      // Answers go to all views of a form; only those to a draft hold one.
      if (message.ok && message.draft) this.#listeners.draft(message.draft as DraftFields);
      return;
    }
    if (message.ok) pending.resolve({ ...message, buffers } as never);
    else pending.reject(new AskError(message.error));
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }

  #giveUp(id: string): void {
    this.#take(id)?.reject(new Silent({ title: kernel.silent, hint: kernel.silentHint }));
  }
}
