import { vi } from "vitest";
import type { Answer, Line } from "../../src/map/line";

interface Asked {
  kind: string;
  body: Record<string, unknown>;
  signal: AbortSignal | undefined;
  answer(fields?: object, content?: Uint8Array | string): Promise<void>;
  refuse(title: string, hint?: string): Promise<void>;
}

/** A kernel that answers when the test says so. */
export class Wire implements Line {
  readonly asked: Asked[] = [];

  ask(kind: string, body: object = {}, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        kind,
        body: body as Record<string, unknown>,
        signal,
        answer: (fields = {}, content) => {
          resolve({ ...fields, buffers: content === undefined ? [] : [view(content)] });
          return settle();
        },
        refuse: (title, hint = "") => {
          reject(Object.assign(new Error(title), { hint }));
          return settle();
        },
      });
    });
  }

  of(kind: string): Asked[] {
    return this.asked.filter((one) => one.kind === kind);
  }

  last(kind: string): Asked {
    const found = this.of(kind).at(-1);
    if (!found) throw new Error(`nobody asked for ${kind}`);
    return found;
  }
}

/** Bytes in the middle of a larger buffer, as comms hand them over. */
export function view(content: Uint8Array | string): DataView {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const around = new Uint8Array(bytes.length + 8);
  around.set(bytes, 4);
  return new DataView(around.buffer, 4, bytes.length);
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

/** Give elements a size, which happy-dom does not lay out. */
export function layOut(width = 300, height = 260): void {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(height);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
}
