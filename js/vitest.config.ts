import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { VIEW_HASH: '"view"', MAPLIBRE_HASH: '"maplibre"', KEYS_HASH: '"keys"', WIZARD_HASH: '"wizard"' },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"] },
});
