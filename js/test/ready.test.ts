import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, RESULT, settle } from "./kernel";

const KEY = "AAPTpracticeCanary";
const ready = (part = {}) => makeState("ready", { result: { ...RESULT, ...part } });

describe("the key that is ready", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.unstubAllGlobals());

  it("is masked until asked for, and again after 30 seconds", async () => {
    const { kernel, root, press } = await open(ready());
    expect(root.textContent).toContain(RESULT.masked);
    press("Reveal key");
    await kernel.answer("reveal", {}, KEY);
    expect(root.textContent).toContain(KEY);
    await pass(30_000);
    expect(root.outerHTML).not.toContain(KEY);
    expect(root.textContent).toContain(RESULT.masked);
  });

  it("hides on a press and stays revealed when a state comes", async () => {
    const { kernel, root, press } = await open(ready());
    press("Reveal key");
    await kernel.answer("reveal", {}, KEY);
    kernel.push({ ...ready(), revision: 2 });
    expect(root.textContent).toContain(KEY);
    press("Hide key");
    expect(root.outerHTML).not.toContain(KEY);
  });

  it("is gone from the page when the phase changes", async () => {
    const { kernel, root, find, press } = await open(ready());
    press("Reveal key");
    await kernel.answer("reveal", {}, KEY);
    const text = find(".akw-key-text");
    kernel.push(makeState("signed-in", { revision: 2 }));
    expect(text.textContent).toBe(RESULT.masked);
    expect(root.outerHTML).not.toContain(KEY);
  });

  it("is not shown by an answer that comes after the phase changed", async () => {
    const { kernel, root, find, press } = await open(ready());
    const text = find(".akw-key-text");
    press("Reveal key");
    kernel.push(makeState("signed-in", { revision: 2 }));
    await kernel.answer("reveal", {}, KEY);
    expect(text.textContent).toBe(RESULT.masked);
    expect(root.outerHTML).not.toContain(KEY);
  });

  it("hands the clipboard a promise within the click", async () => {
    const write = vi.fn(
      async (items: { parts: Record<string, Promise<Blob>> }[]) => void (await items[0]?.parts["text/plain"]),
    );
    class Item {
      constructor(readonly parts: Record<string, Promise<Blob>>) {}
    }
    vi.stubGlobal("ClipboardItem", Item);
    vi.stubGlobal("navigator", { clipboard: { write } });
    const { kernel, root, press } = await open(ready());
    press("Copy key");
    expect(write).toHaveBeenCalledTimes(1);
    await kernel.answer("copy", {}, KEY);
    const blob = await write.mock.calls[0]?.[0][0]?.parts["text/plain"];
    expect(await blob?.text()).toBe(KEY);
    await settle();
    expect(root.textContent).toContain("Copied");
    expect(root.outerHTML).not.toContain(KEY);
  });

  it("selects and copies where there is no clipboard, and leaves nothing behind", async () => {
    vi.stubGlobal("navigator", {});
    let selected = "";
    document.execCommand = () => {
      selected = document.querySelector("textarea")?.value ?? "";
      return true;
    };
    const { kernel, press } = await open(ready());
    press("Copy key");
    await kernel.answer("copy", {}, KEY);
    expect(selected).toBe(KEY);
    expect(document.querySelector("textarea")).toBeNull();
  });

  it("says what to do where copying is not allowed at all", async () => {
    vi.stubGlobal("navigator", {});
    document.execCommand = () => false;
    const { kernel, root, press } = await open(ready());
    press("Copy key");
    await kernel.answer("copy", {}, KEY);
    expect(root.querySelector('[role="alert"].akw-notice')?.textContent).toContain("copy the key by hand");
  });

  it("says where it is, when it ends and what to write next", async () => {
    const { root } = await open(ready());
    expect(root.querySelector("dl")?.textContent).toContain("arcgis_api_key, ARCGIS_API_KEY");
    expect(root.querySelector("dl")?.textContent).toContain("30 Nov 2099, 23:59 UTC");
    expect(root.querySelector("pre")?.textContent).toBe(RESULT.code);
  });

  it("says nothing of an end that is not known", async () => {
    const { root } = await open(ready({ expires_utc: null }));
    expect([...root.querySelectorAll("dt")].map((term) => term.textContent)).toEqual([
      "In this kernel",
      "Opens",
      "Item",
    ]);
  });

  it("says why there is no preview", async () => {
    const { root } = await open(ready({ preview: { reason: "No static tiles." } }));
    expect(root.querySelector(".akw-side")?.textContent).toBe("No static tiles.");
  });

  it("says that a credential has no key yet, and where to make one", async () => {
    const item_url = "https://www.arcgis.com/home/item.html?id=1";
    const { root } = await open(ready({ masked: "", item_url, preview: null }));
    expect(root.querySelector(".akw-notice")?.textContent).toContain("without a key");
    expect(root.querySelector("a")?.getAttribute("href")).toBe(item_url);
    expect(root.querySelector("a")?.rel).toBe("noopener noreferrer");
    const shown = [...root.querySelectorAll("button")].filter((one) => !one.closest("[hidden]"));
    expect(shown.map((one) => one.textContent)).not.toContain("Reveal");
    expect(shown.map((one) => one.textContent)).not.toContain("Forget");
  });

  it("says of a key that was brought along that the portal knows it", async () => {
    const { root, find } = await open(ready({ brought: true }));
    expect(root.querySelector(".akw-notice")?.textContent).toContain("The portal knows your key");
    expect(find(".akw-key").hidden).toBe(false);
  });

  it("makes no link of an address that is no web page", async () => {
    const { root } = await open(ready({ item_url: "javascript:alert(1)" }));
    expect(root.querySelector("a")).toBeNull();
  });

  it("is forgotten, renewed, and signed out of by messages", async () => {
    const { kernel, press } = await open(ready());
    press("Forget");
    press("New key");
    press("Sign out");
    expect(kernel.sent.slice(1).map(({ kind }) => kind)).toEqual(["forget", "another", "sign-out"]);
  });

  it("offers to revoke the older key that it takes over from", async () => {
    const { kernel, root, press } = await open(ready({ former: 1 }));
    expect(root.textContent).toContain("The older key, in slot 1, still works.");
    press("Revoke the older key");
    expect(kernel.asked("end-former")).toHaveLength(1);
    kernel.push({ ...ready(), revision: 2 });
    expect(root.textContent).not.toContain("still works");
    expect(document.activeElement?.tagName).toBe("H2"); // the button that had the focus is gone
  });
});
