import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, type } from "./kernel";

const PASSWORD = "pässword 1";

describe("signing in", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("sends the password as a buffer alone, and empties the field as it does", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    type(find('[name="username"]'), "ada");
    type(find('[name="password"]'), PASSWORD);
    press("Sign in");
    const [message] = kernel.asked("sign-in");
    const { buffers = [], ...rest } = message ?? {};
    expect(rest).toMatchObject({ portal: "https://www.arcgis.com", username: "ada", method: "password" });
    expect(JSON.stringify(rest)).not.toContain(PASSWORD);
    expect(new TextDecoder().decode(buffers[0])).toBe(PASSWORD);
    expect(find<HTMLInputElement>('[name="password"]').value).toBe("");
  });

  it("overwrites the buffer when the kernel has answered", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    type(find('[name="password"]'), PASSWORD);
    press("Sign in");
    await kernel.answer("sign-in");
    const bytes = new Uint8Array(kernel.asked("sign-in")[0]?.buffers[0] ?? new ArrayBuffer(1));
    expect(bytes.byteLength).toBe(new TextEncoder().encode(PASSWORD).byteLength);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it("never puts a typed password or token in a draft", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    type(find('[name="password"]'), "canary");
    type(find('[name="token"]'), "canary");
    type(find('[name="username"]'), "ada");
    await pass(1_000);
    expect(kernel.asked("draft")[0]?.draft).toEqual({ username: "ada" });
    expect(JSON.stringify(kernel.sent)).not.toContain("canary");
  });

  it("wipes what was typed when the phase changes or the method does", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    const password = find<HTMLInputElement>('[name="password"]');
    type(password, PASSWORD);
    find('[value="token"]').click();
    expect(password.value).toBe("");
    type(password, PASSWORD);
    kernel.push(makeState("starting", { revision: 2 }));
    expect(password.value).toBe("");
  });

  it("sends one sign-in for two presses", async () => {
    const { kernel, press } = await open(makeState("signed-out"));
    press("Sign in");
    press("Sign in");
    expect(kernel.asked("sign-in")).toHaveLength(1);
  });

  it("signs in by Enter, also where the notebook cancels what the browser would do", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    find('[name="password"]').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
    expect(kernel.asked("sign-in")).toHaveLength(1);
  });

  it("shows a refusal at its field and puts the focus there", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    press("Sign in");
    await kernel.refuse("sign-in", "Write your password.", "", "password");
    const password = find('[name="password"]');
    expect(password.getAttribute("aria-invalid")).toBe("true");
    const error = document.getElementById(password.getAttribute("aria-describedby") ?? "");
    expect(error?.textContent).toBe("Write your password.");
    expect(error?.getAttribute("role")).toBe("alert");
    expect(document.activeElement).toBe(password);
  });

  it("offers the practice portal only where it is installed", async () => {
    const { kernel, find, press } = await open(makeState("signed-out"));
    press("Use the practice portal");
    expect(kernel.asked("practice")).toHaveLength(1);
    kernel.push(makeState("signed-out", { revision: 2, practice_available: false }));
    expect(find(".akw-link").closest("[hidden]")).not.toBeNull();
  });

  it("asks for nothing when the practice portal is chosen, and leads to one's own portal", async () => {
    const state = makeState("signed-out");
    const { kernel, find, press } = await open({ ...state, draft: { ...state.draft, portal: "practice" } });
    expect(find('[name="password"]').closest("[hidden]")).not.toBeNull();
    press("Use the practice portal");
    expect(kernel.asked("practice")).toHaveLength(1);
    press("Sign in to your own portal");
    expect(find('[name="password"]').closest("[hidden]")).toBeNull();
    expect(document.activeElement).toBe(find('[name="portal"]'));
  });

  it("names the fields as password managers look for them", async () => {
    const { find } = await open(makeState("signed-out"));
    expect(find('[name="username"]').getAttribute("autocomplete")).toBe("username");
    expect(find('[name="password"]').getAttribute("autocomplete")).toBe("current-password");
    expect(find('[name="password"]').closest("form")).toBe(find('[name="username"]').closest("form"));
  });
});
