import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, type } from "./kernel";

const PAGE = "https://www.arcgis.com/sharing/rest/oauth2/authorize?client_id=x&state=s";
const ONLINE = { url: "https://www.arcgis.com", title: "ArcGIS Online", client: true };
const CITY = { url: "https://gis.example.com", title: "City portal", client: true };
const BARE = { ...ONLINE, client: false };

const state = (portals: object[], draft: object = {}, part: object = {}) =>
  makeState(
    "signed-out",
    { portals: portals as ReturnType<typeof makeState>["portals"], ...part },
    { method: "browser", ...draft },
  );

const linkOf = (root: HTMLElement) => root.querySelector("a");
const visible = (element: Element | null) => element !== null && !element.closest("[hidden]");

describe("signing in by the browser", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("asks for the page only when this way is shown, and once", async () => {
    const { kernel, find } = await open(state([ONLINE], { method: "password" }));
    expect(kernel.asked("page")).toHaveLength(0);
    find('[value="browser"]').click();
    find('[value="token"]').click();
    find('[value="browser"]').click();
    await pass(1_000);
    expect(kernel.asked("page")).toHaveLength(1);
    expect(kernel.asked("page")[0]).toMatchObject({ portal: "https://www.arcgis.com", client_id: "" });
  });

  it("opens the page by a real link that hands nothing over, and waits with the code's field", async () => {
    const { kernel, root, find } = await open(state([ONLINE]));
    expect(linkOf(root)).toBeNull();
    expect(root.textContent).toContain("is being prepared");
    await kernel.answer("page", { url: PAGE });
    const link = linkOf(root);
    expect(link?.getAttribute("href")).toBe(PAGE);
    expect(link?.target).toBe("_blank");
    expect(link?.rel).toBe("noopener noreferrer");
    link?.addEventListener("click", (event) => event.preventDefault());
    link?.click();
    expect(document.activeElement).toBe(find('[name="code"]'));
  });

  it("leaves the client id's field where it is being typed in", async () => {
    const { kernel, find } = await open(state([ONLINE], { portal: "https://gis.example.com" }));
    await pass(400);
    const field = find<HTMLInputElement>('[name="client_id"]');
    const steps = find(".akw-numbered");
    const first = () => steps.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING;
    field.focus();
    await kernel.refuse("page", "No client ID.", "", "client_id");
    expect(document.activeElement).toBe(field);
    expect(first()).toBe(0);
    field.blur();
    kernel.push(state([ONLINE], { portal: "https://gis.example.com" }, { revision: 2 }));
    expect(first()).not.toBe(0);
  });

  it("never follows an address that is no web page's", async () => {
    const { kernel, root } = await open(state([ONLINE]));
    await kernel.answer("page", { url: "javascript:alert(1)" });
    expect(linkOf(root)).toBeNull();
  });

  it("asks again for another portal or client id, after a pause, and drops late answers", async () => {
    const { kernel, root, find } = await open(state([ONLINE, CITY]));
    const select = find<HTMLSelectElement>('[name="portals"]');
    select.value = CITY.url;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await kernel.answer("page", { url: PAGE });
    expect(linkOf(root)).toBeNull();
    await pass(400);
    type(find('[name="client_id"]'), "abc");
    type(find('[name="client_id"]'), "abcd");
    await pass(400);
    const asked = kernel.asked("page").map(({ portal, client_id }) => [portal, client_id]);
    expect(asked).toEqual([
      [ONLINE.url, ""],
      [CITY.url, ""],
      [CITY.url, "abcd"],
    ]);
    await kernel.answer("page", { url: "https://gis.example.com/page" });
    expect(linkOf(root)?.href).toBe("https://gis.example.com/page");
  });

  it("says what is needed where there can be no link yet", async () => {
    const { kernel, root } = await open(state([ONLINE], { portal: "" }));
    expect(root.textContent).toContain("as soon as you have written the portal's address");
    kernel.push(state([BARE], {}, { revision: 2 }));
    expect(root.textContent).toContain("as soon as you have written the Client ID");
    await pass(1_000);
    expect(kernel.asked("page")).toHaveLength(0);
  });

  it("says why there is no link, and tries again", async () => {
    const { kernel, root, press } = await open(state([ONLINE]));
    await kernel.refuse("page", "The kernel has not answered yet.", "It may be busy.");
    expect(root.textContent).toContain("The kernel has not answered yet. It may be busy.");
    press("Try again");
    expect(kernel.asked("page")).toHaveLength(2);
    await kernel.answer("page", { url: PAGE });
    expect(linkOf(root)).not.toBeNull();
  });

  it("sends a code or the whole approval address as bytes alone", async () => {
    const { kernel, find, press } = await open(state([ONLINE]));
    const code = find<HTMLInputElement>('[name="code"]');
    expect(code.getAttribute("autocomplete")).toBe("off");
    type(code, " https://www.arcgis.com/sharing/rest/oauth2/approval?code=canary ");
    await pass(1_000);
    press("Sign in");
    const { buffers = [], ...rest } = kernel.asked("sign-in")[0] ?? {};
    expect(new TextDecoder().decode(buffers[0])).toMatch(/^https:.*code=canary$/);
    expect(rest).toMatchObject({ method: "browser", portal: ONLINE.url, client_id: "" });
    expect(JSON.stringify(kernel.sent)).not.toContain("canary");
    expect(code.value).toBe("");
  });

  it("shows a refused code at its field", async () => {
    const { kernel, find, press } = await open(state([ONLINE]));
    press("Sign in");
    await kernel.refuse("sign-in", "The portal does not know this code.", "", "code");
    expect(document.activeElement).toBe(find('[name="code"]'));
    expect(find('[name="code"]').getAttribute("aria-invalid")).toBe("true");
  });
});

describe("the client id", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("is folded away where one is configured", async () => {
    const { root, find } = await open(state([ONLINE]));
    expect(find('[name="client_id"]').closest("details")?.open).toBe(false);
    expect(root.textContent).toContain("Another Client IDone is configured");
    expect(visible(root.querySelector(".akw-register"))).toBe(false);
  });

  it("is registered by steps in the portal's terms where none is", async () => {
    const { kernel, root, find } = await open(state([BARE]));
    expect(visible(root.querySelector(".akw-register"))).toBe(true);
    const client = find<HTMLInputElement>('[name="client_id"]');
    expect(client.closest("details")?.open).toBe(true);
    for (const term of [
      "Content › My content › New item › Developer credentials",
      "OAuth 2.0 credentials",
      "Redirect URL",
      "urn:ietf:wg:oauth:2.0:oob",
    ])
      expect(root.querySelector(".akw-register")?.textContent).toContain(term);
    type(client, " kD83 ");
    expect(client.closest("details")?.open).toBe(true);
    await pass(400);
    expect(kernel.asked("page").at(-1)).toMatchObject({ client_id: "kD83" });
  });

  it("is asked for at a written address when the kernel says that it has none", async () => {
    const { kernel, root, find } = await open(state([ONLINE], { portal: "https://maps.example.org" }));
    expect(visible(root.querySelector(".akw-register"))).toBe(false);
    await pass(400);
    await kernel.refuse("page", "No client ID is known for this portal.", "", "client_id");
    expect(visible(root.querySelector(".akw-register"))).toBe(true);
    expect(root.textContent).not.toContain("No client ID is known"); // the steps say it, once
    type(find('[name="client_id"]'), "abc");
    expect(visible(find('[name="client_id"]'))).toBe(true);
    await pass(400);
    await kernel.answer("page", { url: "https://maps.example.org/page" });
    expect(linkOf(root)).not.toBeNull();
    expect(document.activeElement).toBe(find('[name="client_id"]'));
  });

  it("has its redirect URL copied by a button", async () => {
    const write = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal(
      "ClipboardItem",
      class {
        constructor(readonly parts: Record<string, Promise<Blob>>) {}
      },
    );
    vi.stubGlobal("navigator", { clipboard: { write } });
    const { press } = await open(state([BARE]));
    press("Copy the redirect URL");
    await pass(1);
    const blob = (await write.mock.calls[0]?.[0][0].parts["text/plain"]) as Blob;
    expect(await blob.text()).toBe("urn:ietf:wg:oauth:2.0:oob");
    vi.unstubAllGlobals();
  });
});
