/** Questions of the map to the kernel, answered by id; what is no longer wanted is told, and dropped there. */

import type { AnyModel } from "@anywidget/types";
import { type Silence, SilenceClock } from "../form/silence";

export interface Answer {
  buffers: DataView[];
  [name: string]: unknown;
}

/** The way to the kernel: a widget's own, or the form's. */
export interface Line {
  /**
   * Ask one question.
   *
   * @throws Error with a `hint`: the kernel refused; as Closed, no answer will come
   */
  ask(kind: string, body?: object, signal?: AbortSignal): Promise<Answer>;
}

/** A refusal of the kernel, in words for people. */
export class Refusal extends Error {
  readonly hint: string;

  constructor({ title, hint }: { title: string; hint: string }) {
    super(title);
    this.hint = hint;
  }
}

/** The view was closed, or the question taken back, before the answer came; there is no more to tell. */
export class Closed extends Error {
  /** The map's own bundle has another class of this name: it knows this one by what browsers call it. */
  override readonly name = "AbortError";
}

interface Pending {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

type Incoming = { kind: string; re: string } & (
  | { ok: true }
  | { ok: false; error: { title: string; hint: string } }
);

/** One view's half of the conversation; several views of one model tell their answers apart by a prefix. */
export class ModelLine implements Line {
  readonly #model: Pick<AnyModel, "on" | "off" | "send">;
  readonly #prefix: string;
  readonly #silence: SilenceClock;
  readonly #pending = new Map<string, Pending>();
  #asked = 0;
  #dropped: string[] = [];
  #closed = false;

  constructor(
    model: Pick<AnyModel, "on" | "off" | "send">,
    prefix: string,
    tell: (silence: Silence) => void,
  ) {
    this.#model = model;
    this.#prefix = prefix;
    this.#silence = new SilenceClock(() => this.#send({ id: this.#id(), kind: "here" }), tell);
    model.on("msg:custom", this.#hear);
  }

  ask(kind: string, body: object = {}, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#closed || signal?.aborted) return reject(new Closed());
      const id = this.#id();
      this.#pending.set(id, { resolve, reject });
      signal?.addEventListener("abort", () => this.#drop(id), { once: true });
      this.#silence.start();
      this.#send({ ...body, kind, id });
    });
  }

  /** Drop every open question and stop listening. */
  close(): void {
    for (const id of [...this.#pending.keys()]) this.#drop(id);
    this.#sendDropped();
    this.#closed = true;
    this.#model.off("msg:custom", this.#hear);
    this.#silence.stop();
  }

  #id(): string {
    return `${this.#prefix}-${++this.#asked}`;
  }

  /** A restarted kernel has closed the wire: then sending throws, and no answer will ever come. */
  #send(message: { id: string; kind: string }): void {
    try {
      this.#model.send(message);
    } catch {
      this.#silence.stop();
      this.#silence.say("lost");
      this.#take(message.id)?.reject(new Closed());
    }
  }

  readonly #hear = (message: Incoming, buffers: DataView[]): void => {
    this.#silence.stop();
    this.#silence.say("none");
    const pending = message.kind === "answer" ? this.#take(message.re) : undefined;
    if (message.ok) pending?.resolve({ ...message, buffers });
    else pending?.reject(new Refusal(message.error));
    if (this.#pending.size) this.#silence.start();
  };

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** Many tiles are dropped at once when a map moves on: one message tells of all. */
  #drop(id: string): void {
    const pending = this.#take(id);
    if (!pending) return;
    pending.reject(new Closed());
    if (this.#dropped.push(id) === 1) queueMicrotask(() => this.#sendDropped());
  }

  #sendDropped(): void {
    if (this.#closed || !this.#dropped.length) return;
    const tickets = this.#dropped;
    this.#dropped = [];
    this.#send({ id: this.#id(), kind: "drop", tickets } as { id: string; kind: string });
  }
}
