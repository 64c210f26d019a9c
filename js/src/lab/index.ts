/** What JupyterLab and Notebook 7 load: commands, launcher tile, side panel, status bar. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Dialog, ICommandPalette, showDialog } from "@jupyterlab/apputils";
import { ILauncher } from "@jupyterlab/launcher";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { IStatusBar } from "@jupyterlab/statusbar";
import { LabIcon } from "@jupyterlab/ui-components";
import { Widget } from "@lumino/widgets";
import { keysIn } from "./found";
import key from "./key.svg";
import { insertCell, newNotebook, notebookOf, takesPython } from "./notebook";
import { Notebooks } from "./notebooks";
import { type Settings, SidePanel } from "./panel";
import { StatusItem } from "./status";
import css from "./style.css?inline";
import { formCode, MAP, words } from "./words";

const ID = "arcgis-keywidget:plugin";
const COMMANDS = {
  newKey: "arcgis-keywidget:new-key",
  myKeys: "arcgis-keywidget:my-keys",
  insertCell: "arcgis-keywidget:insert-cell",
  check: "arcgis-keywidget:check-notebook",
};
const icon = new LabIcon({ name: "arcgis-keywidget:key", svgstr: key });

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: "Makes ArcGIS API keys in notebooks.",
  autoStart: true,
  optional: [ICommandPalette, ILauncher, IStatusBar, ISettingRegistry],
  activate,
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  palette: ICommandPalette | null,
  launcher: ILauncher | null,
  statusBar: IStatusBar | null,
  registry: ISettingRegistry | null,
): void {
  addStyle();
  const settings: Settings = { portal: "", code: MAP };
  const notebooks = new Notebooks(app);
  const panel = new SidePanel(() => notebooks.last, settings);
  panel.id = "arcgis-keywidget-panel";
  panel.title.icon = icon;
  panel.title.caption = words.panel;
  app.shell.add(panel, "right", { rank: 900 });
  const item = new StatusItem(
    () => notebooks.last,
    () => void app.commands.execute(COMMANDS.myKeys),
  );
  if (statusBar)
    statusBar.registerStatusItem(`${ID}:key`, {
      item,
      align: "right",
      rank: 50,
      isActive: () => item.active,
      activeStateChanged: item.activeChanged,
    });
  else app.shell.add(item, "menu", { rank: 9_000 }); // Notebook 7 has no status bar, but its kernel's state up there
  item.id = "arcgis-keywidget-status";
  addCommands(app, notebooks, panel, settings);
  for (const command of Object.values(COMMANDS)) palette?.addItem({ command, category: words.category });
  launcher?.add({ command: COMMANDS.newKey, category: "Other", rank: 50 });
  notebooks.follow({
    kernel: (kernel) => void item.kernels.hear(kernel).catch(() => {}), // one that ends: there is nothing to show
    lost: (kernel) => panel.forget(kernel),
    left: (notebook) => panel.leave(notebook),
    changed: () => {
      item.draw();
      panel.draw();
    },
  });
  const loading = registry?.load(ID).then((loaded) => {
    const take = () => {
      item.warnBelow = loaded.get("warnBelowDays").composite as number;
      item.wanted = loaded.get("showStatus").composite as boolean;
      settings.portal = (loaded.get("portal").composite as string).trim();
      settings.code = (loaded.get("code").composite as string) || MAP;
      item.draw();
    };
    loaded.changed.connect(take);
    take();
  });
  loading?.catch(() => {}); // settings that break their schema, which JupyterLab tells: all stays as it is
}

function addCommands(app: JupyterFrontEnd, notebooks: Notebooks, panel: SidePanel, settings: Settings): void {
  const { commands, shell } = app;
  const hasNotebook = () => notebookOf(app) !== null;
  commands.addCommand(COMMANDS.newKey, {
    label: words.newKey,
    caption: words.newKeyHint,
    icon,
    execute: async ({ cwd }) => {
      const front = notebookOf(app);
      const fits = front && (await takesPython(front));
      const notebook = fits ? front : await newNotebook(app, String(cwd ?? ""));
      if (notebook) await insertCell(app, notebook, formCode(settings.portal), true);
    },
  });
  commands.addCommand(COMMANDS.myKeys, {
    label: words.myKeys,
    icon,
    isEnabled: () => notebooks.last !== null,
    execute: async () => {
      shell.activateById(panel.id);
      await panel.open("keys");
    },
  });
  commands.addCommand(COMMANDS.insertCell, {
    label: words.insertCell,
    isEnabled: hasNotebook,
    execute: async () => {
      const notebook = notebookOf(app);
      if (notebook) await insertCell(app, notebook, settings.code, false);
    },
  });
  commands.addCommand(COMMANDS.check, {
    label: words.check,
    isEnabled: hasNotebook,
    execute: () => check(app),
  });
}

/** Say where keys are in the notebook in front. */
async function check(app: JupyterFrontEnd): Promise<void> {
  const notebook = notebookOf(app);
  await notebook?.context.ready; // one that is still read has no cells yet
  const found = keysIn(notebook?.model?.toJSON() ?? {});
  const body = document.createElement("div");
  const hint = document.createElement("p");
  hint.textContent = found.length ? words.foundHint : "";
  const list = document.createElement("ul");
  for (const { where, what } of found)
    list.append(Object.assign(document.createElement("li"), { textContent: `${where}: ${what}` }));
  body.append(list, hint);
  await showDialog({
    title: found.length ? words.found(found.length) : words.clean,
    body: new Widget({ node: body }),
    buttons: [Dialog.okButton({ label: words.ok })],
  });
}

function addStyle(): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}
