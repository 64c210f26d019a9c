/** The folder of the key's item: an existing one, suggested as one types, or a new one by its title. */

import { fill, h, say, set } from "./dom";
import { Field } from "./field";
import { isLocked } from "./locked";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { details as more, quick as texts } from "./texts";

export class FolderField {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #field: Field;
  readonly #list: HTMLDataListElement;
  readonly #which = h("p", { class: "akw-small", role: "status" });
  #titles: string[] | null = null;
  #asked = false;

  /** @param place: makes ids unique where the form has the field twice */
  constructor(desk: Desk, place: string) {
    this.#desk = desk;
    this.#list = h("datalist", { id: desk.id(`${place}-folders`) });
    this.#field = new Field({
      id: desk.id(`${place}-folder`),
      name: "key-folder",
      label: texts.folder,
      hint: texts.folderHint,
      attributes: { autocomplete: "off", list: this.#list.id },
      edit: (folder) => desk.draft.edit({ folder }),
    });
    this.#field.element.append(this.#which, this.#list);
    this.element = this.#field.element;
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const locked = isLocked(state, "folder");
    this.#field.show(fields.folder);
    this.#field.error(errors.folder);
    this.#field.lock(locked);
    set(this.#field.input, "list", locked ? null : this.#list.id);
    say(this.#which, errors.folder ? "" : this.#tell(fields.folder));
  }

  /** Ask for the folders, once; the list only helps with typing, so a failure is tried again. */
  async list(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const { folders } = await this.#desk.ask("folders");
      this.#titles = folders;
      fill(this.#list, ...folders.map((value) => h("option", { value })));
      say(this.#which, this.#tell(this.#desk.draft.fields.folder));
    } catch {
      this.#asked = false;
    }
  }

  #tell(text: string): string {
    if (!text.trim()) return more.rootFolder;
    if (!this.#titles) return "";
    return isNewFolder(text, this.#titles) ? more.newFolder : more.oldFolder;
  }
}

/** To a portal, large and small letters are the same in a folder's title. */
export function isNewFolder(text: string, titles: readonly string[]): boolean {
  const plain = (title: string) => title.trim().toLowerCase();
  return plain(text) !== "" && !titles.some((title) => plain(title) === plain(text));
}
