/** Every word of the fold for keeping the key. */

export const words = {
  lead: "A key goes with its kernel, and the portal shows it once. Kept here, the next session can load it.",
  only: "Only the key is kept, and what is needed to ask its portal later: no password and no other secret.",
  looking: "Looking where this key can be kept…",
  again: "Look again",
  titles: { keyring: "Keyring of this machine", ".env": "File that only you can read" },
  abouts: { keyring: "encrypted", ".env": "not encrypted; git is told to leave it alone" },
  keep: "Keep here",
  keepIn: { keyring: "Keep here, in the keyring", ".env": "Keep here, in the file" },
  drop: "Keep no longer",
  dropFrom: { keyring: "Keep no longer in the keyring", ".env": "Keep no longer in the file" },
  kept: "Kept",
  older: "An older key of this credential is kept here; keeping this one replaces it.",
  unusable: "Cannot be used",
  saidKept: { keyring: "The key is kept in the keyring.", ".env": "The key is kept in the file." },
  saidDropped: {
    keyring: "The key is no longer kept in the keyring.",
    ".env": "The key is no longer kept in the file.",
  },
  next: "In the next session",
  copyCode: "Copy code",
  noCopyHint: "Select the code and copy it by hand.",
};
