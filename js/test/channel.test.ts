import { beforeEach, describe, expect, it, vi } from "vitest";
import { Channel, Closed } from "../src/form/channel";
import { Kernel, makeState, pass } from "./kernel";

describe("the channel", () => {
  let kernel: Kernel;
  const listeners = { state: vi.fn(), silence: vi.fn(), draft: vi.fn() };
  const open = (prefix = "one") => new Channel(kernel.model, prefix, listeners);

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    kernel = new Kernel();
  });

  it("gives each answer to the question it names", async () => {
    const channel = open();
    const [first, second] = [channel.ask("folders"), channel.ask("folders")];
    await kernel.answer("folders", { folders: ["second"] });
    kernel.say({ kind: "answer", re: kernel.sent[0]?.id, ok: true, folders: ["first"] });
    expect((await first).folders).toEqual(["first"]);
    expect((await second).folders).toEqual(["second"]);
  });

  it("does not hear answers to another view of the same model", async () => {
    const [one, two] = [open("one"), open("two")];
    const answered = vi.fn();
    one.ask("reveal").then(answered);
    const own = two.ask("reveal");
    await kernel.answer("reveal", {}, "the key");
    await own;
    expect(answered).not.toHaveBeenCalled();
  });

  it("tells a refusal with its title, hint and field", async () => {
    const asked = open().ask("create");
    const refused = expect(asked).rejects.toMatchObject({ message: "No.", hint: "Do this.", field: "title" });
    await kernel.refuse("create", "No.", "Do this.", "title");
    await refused;
  });

  it("gives up after 20 seconds on what the kernel knows, and never on what the portal is asked", async () => {
    const channel = open();
    const endless = vi.fn();
    for (const kind of ["sign-in", "items", "lookup", "folders", "tile", "sign-out"] as const)
      channel.ask(kind).then(endless, endless);
    const check = expect(channel.ask("check")).rejects.toThrow("has not answered");
    await pass(20_000);
    await check;
    expect(endless).not.toHaveBeenCalled();
  });

  it("drops an answer that comes after it gave up", async () => {
    const asked = expect(open().ask("check")).rejects.toThrow("has not answered");
    await pass(20_000);
    await asked;
    await expect(kernel.answer("check", { errors: {} })).resolves.toBeUndefined();
  });

  it("tells silence after 4 seconds, loss after 15, and the end of both", async () => {
    open().ask("look");
    await pass(3_999);
    expect(listeners.silence).not.toHaveBeenCalled();
    await pass(1);
    expect(listeners.silence).toHaveBeenLastCalledWith("waiting");
    await pass(11_000);
    expect(listeners.silence).toHaveBeenLastCalledWith("lost");
    kernel.push(makeState("signed-out"));
    expect(listeners.silence).toHaveBeenLastCalledWith("none");
  });

  it("asks a quiet kernel whether it lives before it says that it does not", async () => {
    const asked = vi.fn();
    open().ask("lookup").then(asked, asked);
    await pass(3_000);
    await kernel.answer("look", { state: makeState("signed-in") });
    await pass(60_000);
    expect(listeners.silence).not.toHaveBeenCalled();
    expect(asked).not.toHaveBeenCalled();
  });

  it("is not silent while the portal is slow, once the kernel said a word", async () => {
    open().ask("sign-in");
    kernel.push(makeState("signing-in"));
    await pass(60_000);
    expect(listeners.silence).not.toHaveBeenCalledWith("waiting");
  });

  it("tells at once that a closed wire is lost", async () => {
    kernel.model.send = () => {
      throw new Error("Cannot send");
    };
    await expect(open().ask("create")).rejects.toBeInstanceOf(Closed);
    expect(listeners.silence).toHaveBeenLastCalledWith("lost");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects what is open when it closes, and what is asked later", async () => {
    const channel = open();
    const asked = expect(channel.ask("look")).rejects.toBeInstanceOf(Closed);
    channel.close();
    await asked;
    await expect(channel.ask("look")).rejects.toBeInstanceOf(Closed);
    expect(kernel.listeners.get("msg:custom")?.size).toBe(0);
  });
});
