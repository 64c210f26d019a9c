/** The privileges that may be granted, asked for once for each kind of application and account. */

import type { Account, PrivilegeNode } from "./protocol";
import type { Desk } from "./step";

interface Place {
  /** Path of its groups. */
  group: string;
  title: string;
  /** Path and title. */
  full: string;
}

/** What the kernel told of the privileges of one account. */
class Catalogue {
  readonly #ask: Desk["ask"];
  readonly #answers = new Map<string, Promise<PrivilegeNode[]>>();
  readonly #trees = new Map<string, PrivilegeNode[]>();

  constructor(ask: Desk["ask"]) {
    this.#ask = ask;
  }

  /** The tree for a public or a private application; a question that failed is asked again. */
  tree(isPrivate: boolean, account: Account | null): Promise<PrivilegeNode[]> {
    const key = JSON.stringify([isPrivate, account]);
    const answer = this.#answers.get(key) ?? this.#load(key, isPrivate);
    this.#answers.set(key, answer);
    return answer;
  }

  /** The same tree where it is here already. */
  known(isPrivate: boolean, account: Account | null): PrivilegeNode[] | null {
    return this.#trees.get(JSON.stringify([isPrivate, account])) ?? null;
  }

  /** Those of some privileges that only a private application may hold; none until both trees are here. */
  personal(chosen: readonly string[], account: Account | null): PrivilegeNode[] {
    const [open, all] = [this.known(false, account), this.known(true, account)];
    return open && all ? privateOnly(chosen, open, all) : [];
  }

  async #load(key: string, isPrivate: boolean): Promise<PrivilegeNode[]> {
    try {
      const { tree } = await this.#ask("privileges", { private: isPrivate });
      this.#trees.set(key, tree);
      return tree;
    } catch (error) {
      this.#answers.delete(key);
      throw error;
    }
  }
}

const CATALOGUES = new WeakMap<Desk, Catalogue>();

/** The one catalogue of a form, for every step that names privileges. */
export function catalogueOf(desk: Desk): Catalogue {
  const catalogue = CATALOGUES.get(desk) ?? new Catalogue(desk.ask);
  CATALOGUES.set(desk, catalogue);
  return catalogue;
}

/** The privileges of a tree, without the groups. */
export function leaves(tree: readonly PrivilegeNode[]): PrivilegeNode[] {
  return tree.flatMap((node) => (node.children.length ? leaves(node.children) : isGroup(node) ? [] : [node]));
}

/** Where each privilege stands: titles such as Edit say little without their group. */
export function placed(tree: readonly PrivilegeNode[], group = ""): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { id, title, children } of tree) {
    const full = group ? `${group} › ${title}` : title;
    if (children.length) for (const [name, place] of placed(children, full)) places.set(name, place);
    else places.set(id, { group, title, full });
  }
  return places;
}

function privateOnly(
  chosen: readonly string[],
  forPublic: readonly PrivilegeNode[],
  forPrivate: readonly PrivilegeNode[],
): PrivilegeNode[] {
  const open = new Set(choosable(forPublic).map(({ id }) => id));
  return choosable(forPrivate).filter(({ id }) => chosen.includes(id) && !open.has(id));
}

function choosable(tree: readonly PrivilegeNode[]): PrivilegeNode[] {
  return leaves(tree).filter(({ reason }) => !reason);
}

function isGroup({ id }: PrivilegeNode): boolean {
  return id.startsWith("group:");
}
