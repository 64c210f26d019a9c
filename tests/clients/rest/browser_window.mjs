// As much of a browser's window as the package's OAuth functions use; they take it as an argument.
import { webcrypto } from "node:crypto";

export function makeWindow(address, storage = []) {
  const { href, search, hash } = new URL(address);
  return {
    location: { href, search, hash },
    localStorage: makeStorage(storage),
    crypto: webcrypto,
    TextEncoder,
    btoa,
    isSecureContext: true,
    history: { state: null, replaceState() {} },
  };
}

function makeStorage(entries) {
  const kept = new Map(entries);
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
    entries: () => [...kept],
  };
}
