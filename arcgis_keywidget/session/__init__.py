"""The kernel's session: where a key is put, and how it is taken out again."""
