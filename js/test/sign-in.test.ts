import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, type } from "./kernel";

const PASSWORD = "pässword 1";
const optionsOf = (select: HTMLSelectElement) => [...select.options].map(({ text }) => text);
const state = (part: object, draft: object = {}) => makeState("signed-out", part, draft);

/** Choose an option as a person does. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const visible = (element: Element) => element.closest("[hidden]") === null;

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
    type(find('[name="username"]'), "ada");
    find('[value="token"]').click();
    type(find('[name="token"]'), "canary");
    await pass(1_000);
    expect(kernel.asked("draft")[0]?.draft).toEqual({ username: "ada", method: "token" });
    expect(JSON.stringify(kernel.sent)).not.toContain("canary");
  });

  it("wipes what was typed when the phase changes or the method does", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    const password = find<HTMLInputElement>('[name="password"]');
    type(password, PASSWORD);
    find('[value="token"]').click();
    expect(password.value).toBe("");
    find('[value="password"]').click();
    type(password, PASSWORD);
    kernel.push(makeState("starting", { revision: 2 }));
    expect(password.value).toBe("");
  });

  it("wipes what was typed when the kernel changes the way, as another portal may", async () => {
    const { kernel, find } = await open(makeState("signed-out"));
    type(find('[name="password"]'), PASSWORD);
    kernel.push(makeState("signed-out", { revision: 2 }, { method: "browser" }));
    expect(find<HTMLInputElement>('[name="password"]').value).toBe("");
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

  it("tells the kernel first of settings that it has not heard yet", async () => {
    const { kernel, form, find, press } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "Kept");
    kernel.push(makeState("signed-out", { revision: 2 }));
    press("Sign in");
    expect(kernel.asked("draft")[0]?.draft).toMatchObject({ title: "Kept" });
    expect(kernel.sent.at(-1)?.kind).toBe("sign-in");
    form.close();
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
    expect(find(".akw-footer .akw-link").closest("[hidden]")).not.toBeNull();
    expect(optionsOf(find('[name="portals"]'))).not.toContain("Practice portal on this machine");
  });

  it("asks for nothing when the practice portal is chosen, and leads to one's own portal", async () => {
    const state = makeState("signed-out");
    const { kernel, find, press } = await open({ ...state, draft: { ...state.draft, portal: "practice" } });
    expect(find('[name="password"]').closest("[hidden]")).not.toBeNull();
    press("Use the practice portal");
    expect(kernel.asked("practice")).toHaveLength(1);
    press("Sign in to your own portal");
    expect(find('[name="password"]').closest("[hidden]")).toBeNull();
    expect(document.activeElement).toBe(find('[name="portals"]'));
  });

  it("names the fields as password managers look for them", async () => {
    const { find } = await open(makeState("signed-out"));
    expect(find('[name="username"]').getAttribute("autocomplete")).toBe("username");
    expect(find('[name="password"]').getAttribute("autocomplete")).toBe("current-password");
    expect(find('[name="password"]').closest("form")).toBe(find('[name="username"]').closest("form"));
  });

  it("offers the ways of the kernel in its order, and falls back to the first of them", async () => {
    const { kernel, root, find } = await open(state({ methods: ["browser", "key"] }, { portal: "" }));
    const fields = () => [...root.querySelectorAll("[name=code], [name=password], [name=token]")];
    const shown = () =>
      fields()
        .filter(visible)
        .map((field) => field.getAttribute("name"));
    const labels = [...root.querySelectorAll(".akw-segments .akw-title")].map(
      ({ textContent }) => textContent,
    );
    expect(labels).toEqual(["In the browser", "I already have a key"]);
    expect(find<HTMLInputElement>('[value="browser"]').checked).toBe(true);
    expect(shown()).toEqual(["code"]);
    kernel.push(state({ revision: 2, methods: ["token"] }));
    expect(shown()).toEqual(["token"]);
  });

  it("leads who signs in elsewhere from the password to the browser", async () => {
    const { find, press } = await open(state({}));
    type(find('[name="password"]'), PASSWORD);
    press("in the browser");
    expect(visible(find('[name="code"]'))).toBe(true);
    expect(document.activeElement).toBe(find('[value="browser"]'));
    expect(find<HTMLInputElement>('[name="password"]').value).toBe("");
  });

  it("sends a token trimmed and as bytes, with nothing of another way", async () => {
    const { kernel, find, press } = await open(state({}, { referrer: "https://app.example.com" }));
    find('[value="token"]').click();
    find<HTMLInputElement>('[name="password"]').value = "filled by the browser";
    type(find('[name="token"]'), "  canary\n");
    press("Sign in");
    const { buffers = [], ...rest } = kernel.asked("sign-in")[0] ?? {};
    expect(buffers).toHaveLength(1);
    expect(new TextDecoder().decode(buffers[0])).toBe("canary");
    expect(rest).toMatchObject({ method: "token", referrer: "https://app.example.com" });
    expect(JSON.stringify(rest)).not.toMatch(/canary|filled/);
  });

  it("takes a secret's error away while it is typed anew", async () => {
    const { find } = await open(state({ errors: { password: "Wrong." } }));
    type(find('[name="password"]'), "p");
    expect(find('[name="password"]').hasAttribute("aria-invalid")).toBe(false);
  });

  it("keeps what was typed, but for the secret, when it is refused", async () => {
    const { kernel, find, press } = await open(state({}));
    type(find('[name="username"]'), "ada");
    type(find('[name="password"]'), PASSWORD);
    press("Sign in");
    await kernel.refuse("sign-in", "No.", "", "username");
    const username = find<HTMLInputElement>('[name="username"]');
    expect(username.value).toBe("ada");
    expect(document.activeElement).toBe(username);
    expect(find<HTMLInputElement>('[name="password"]').value).toBe("");
  });
});

describe("the portal", () => {
  const portals = [
    { url: "https://www.arcgis.com", title: "ArcGIS Online or Location Platform", client: false },
    { url: "https://gis.example.com/portal", title: "City portal", client: true },
  ];

  beforeEach(() => void vi.useFakeTimers());

  it("is chosen from the list, the practice portal or an address", async () => {
    const { kernel, find } = await open(state({ portals }));
    const select = find<HTMLSelectElement>('[name="portals"]');
    const more = ["Practice portal on this machine", "Another portal (address)"];
    expect(optionsOf(select)).toEqual([...portals.map(({ title }) => title), ...more]);
    expect(visible(find('[name="portal"]'))).toBe(false);
    choose(select, "https://gis.example.com/portal");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ portal: "https://gis.example.com/portal" });
    choose(select, "practice");
    expect(find("h2").textContent).toBe("Practise on this machine");
  });

  it("may be another, whose address is there again after a look at the list", async () => {
    const { find } = await open(state({ portals }));
    const select = find<HTMLSelectElement>('[name="portals"]');
    const address = find<HTMLInputElement>('[name="portal"]');
    choose(select, "another");
    expect(visible(address)).toBe(true);
    expect(address.value).toBe("");
    type(address, "https://maps.example.org");
    select.focus();
    choose(select, "https://www.arcgis.com");
    expect(visible(address)).toBe(false);
    choose(select, "another");
    expect(address.value).toBe("https://maps.example.org");
  });

  it("keeps its address field while an address of the list is written there", async () => {
    const { find, press, kernel } = await open(state({ portals }, { portal: "" }));
    const address = find<HTMLInputElement>('[name="portal"]');
    type(address, "https://www.arcgis.com");
    expect(visible(address)).toBe(true);
    press("Sign in");
    expect(kernel.asked("sign-in")[0]).toMatchObject({ portal: "https://www.arcgis.com" });
  });

  it("shows what is wrong with it where it is chosen", async () => {
    const errors = { portal: "There is no such portal." };
    const { kernel, find } = await open(state({ portals, errors }));
    expect(find('[name="portals"]').getAttribute("aria-invalid")).toBe("true");
    kernel.push(state({ portals, errors, revision: 2 }, { portal: "https://" }));
    expect(find('[name="portals"]').hasAttribute("aria-invalid")).toBe(false);
    expect(find('[name="portal"]').getAttribute("aria-invalid")).toBe("true");
  });

  it("has its certificate file folded away until something is wrong with it", async () => {
    const { kernel, find, press } = await open(state({}));
    const file = find<HTMLInputElement>('[name="ca_file"]');
    expect(file.closest("details")?.open).toBe(false);
    type(file, "/etc/ca.pem");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ ca_file: "/etc/ca.pem" });
    press("Sign in");
    expect(kernel.asked("sign-in")[0]).toMatchObject({ ca_file: "/etc/ca.pem" });
    await kernel.refuse("sign-in", "There is no such file.", "", "ca_file");
    expect(file.closest("details")?.open).toBe(true);
    expect(document.activeElement).toBe(file);
  });
});

describe("a key that there is already", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("is masked, sent as bytes to be checked, and nowhere else", async () => {
    const { kernel, find, press } = await open(state({}, { method: "key" }));
    const key = find<HTMLInputElement>('[name="key"]');
    expect(key.type).toBe("password");
    type(key, " AAPTcanary ");
    type(find('[name="referrer"]'), "https://app.example.com");
    await pass(1_000);
    press("Check and use");
    const { buffers = [], ...rest } = kernel.asked("sign-in")[0] ?? {};
    expect(rest).toMatchObject({ method: "key", referrer: "https://app.example.com" });
    expect(new TextDecoder().decode(buffers[0])).toBe("AAPTcanary");
    expect(JSON.stringify(kernel.sent)).not.toContain("canary");
    expect(key.value).toBe("");
  });

  it("is taken from a variable of the kernel by its name alone", async () => {
    const { kernel, root, press } = await open(
      state({ key_variables: ["ARCGIS_API_KEY"] }, { method: "key" }),
    );
    press("Use ARCGIS_API_KEY");
    press("Use ARCGIS_API_KEY");
    const asked = kernel.asked("sign-in");
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: "key", variable: "ARCGIS_API_KEY", buffers: [] });
    expect(root.querySelector('[role="group"]')?.textContent).toContain("environment");
  });

  it("says that no key is made, and where it is being checked", async () => {
    const { kernel, root } = await open(state({}, { method: "key" }));
    expect(root.textContent).toContain("No key is made, and you need not sign in");
    kernel.push(makeState("signing-in", { revision: 2, account: null }, { method: "key" }));
    expect(root.textContent).toContain("Checking your key");
    expect(root.textContent).toContain("Asking ArcGIS Online");
  });
});
