/** Light or dark, as the notebook says it; where it says nothing, as the system does. */

const SIGNS = ["class", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];

/**
 * Keep `data-theme` of the form's root up to date. Selectors on the page's body would not do: marimo shows widgets
 * in a shadow root, where they do not match.
 *
 * @returns a function that stops
 */
export function followTheme(root: HTMLElement): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    root.dataset.theme = isDark(system.matches) ? "dark" : "light";
  };
  const observer = new MutationObserver(show);
  for (const host of hosts()) observer.observe(host, { attributes: true, attributeFilter: SIGNS });
  system.addEventListener("change", show);
  show();
  return () => {
    observer.disconnect();
    system.removeEventListener("change", show);
  };
}

function hosts(): HTMLElement[] {
  return [document.body, document.documentElement];
}

function isDark(system: boolean): boolean {
  const jupyter = document.body.dataset.jpThemeLight;
  if (jupyter) return jupyter === "false";
  for (const host of hosts()) {
    const signs = SIGNS.map((sign) => host.getAttribute(sign) ?? "").join(" ");
    if (/\blight\b/.test(signs)) return false;
    if (/\bdark\b|\bvscode-high-contrast\b/.test(signs)) return true;
  }
  return system;
}
