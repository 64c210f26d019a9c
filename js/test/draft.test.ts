import { beforeEach, describe, expect, it, vi } from "vitest";
import { Channel } from "../src/form/channel";
import { Draft } from "../src/form/draft";
import type { Errors } from "../src/form/protocol";
import { Kernel, makeState, pass, settle } from "./kernel";

const PAUSE = 300;
const PATIENCE = 20_000;

describe("edits that the kernel did not take", () => {
  let kernel: Kernel;
  let draft: Draft;
  const parts = () => kernel.asked("draft").map((message) => message.draft);
  const answer = async (nth: number, errors: Errors = {}) => {
    const message = { kind: "answer", re: kernel.asked("draft")[nth]?.id, ok: true };
    kernel.say({ ...message, errors, draft: makeState("signed-in").draft });
    await settle();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    kernel = new Kernel();
    const channel = new Channel(kernel.model, "one", { state: () => {}, silence: () => {}, draft: () => {} });
    draft = new Draft(channel, () => {});
    draft.receive(makeState("signed-in"));
  });

  async function edit(part: Parameters<Draft["edit"]>[0]): Promise<void> {
    draft.edit(part);
    await pass(PAUSE);
  }

  it("go again with the next one after a silence", async () => {
    await edit({ title: "Kept" });
    await pass(PATIENCE);
    await edit({ folder: "Keys" });
    expect(parts().at(-1)).toEqual({ title: "Kept", folder: "Keys" });
  });

  it("give way to the newer of two unanswered ones", async () => {
    await edit({ title: "Older" });
    await edit({ title: "Newer" });
    await pass(PATIENCE);
    expect(draft.fields.title).toBe("Newer");
    await edit({ folder: "Keys" });
    expect(parts().at(-1)).toEqual({ title: "Newer", folder: "Keys" });
  });

  it("take nothing from a newer one that is still under way", async () => {
    await edit({ title: "Older" });
    await edit({ folder: "Keys" });
    await pass(PATIENCE - PAUSE);
    expect(draft.fields).toMatchObject({ title: "Older", folder: "Keys" });
    await answer(1);
    await edit({ tags: [] });
    expect(parts().at(-1)).toEqual({ title: "Older", tags: [] });
  });

  it("are told at the field that was refused, stay as they are typed, and are not sent again", async () => {
    await edit({ title: "Too long" });
    await kernel.refuse("draft", "2,000 characters at most.", "", "title");
    expect(draft.errors.title).toBe("2,000 characters at most.");
    expect(draft.fields.title).toBe("Too long");
    await edit({ folder: "Keys" });
    expect(parts().at(-1)).toEqual({ folder: "Keys" });
    draft.receive(makeState("signed-in", { revision: 2 }));
    expect(draft.errors.title).toBe("2,000 characters at most.");
  });

  it("do not take with them what was sent along with the refused field", async () => {
    draft.edit({ title: "Too long" });
    await edit({ folder: "Keys" });
    await kernel.refuse("draft", "2,000 characters at most.", "", "title");
    expect(parts().at(-1)).toEqual({ folder: "Keys" });
  });

  it("are told at every field of theirs where the refusal names none", async () => {
    draft.edit({ title: "Mine" });
    await edit({ folder: "Keys" });
    await kernel.refuse("draft", "The form is busy.", "Wait.");
    expect(draft.errors).toEqual({ title: "The form is busy. Wait.", folder: "The form is busy. Wait." });
    expect(kernel.asked("draft")).toHaveLength(1);
  });

  it("go along with Create key even where they were refused, and are forgotten once mended", async () => {
    await edit({ title: "Too long" });
    await kernel.refuse("draft", "2,000 characters at most.", "", "title");
    expect(draft.fields.title).toBe("Too long");
    await edit({ title: "Short" });
    expect(draft.errors).toEqual({});
    await answer(1);
    expect(draft.fields.title).toBe("Notebook key");
  });
});
