import { basename } from "node:path";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { contractVersion } from "./src/built.ts";

/** Recharts asks for every scale of d3, those of dates and colours too. An axis of ours is linear, or of categories. */
const fewScales: Plugin = {
  name: "few-scales",
  enforce: "pre",
  resolveId: (id) => (id === "victory-vendor/d3-scale" ? "\0few-scales" : null),
  load: (id) =>
    id === "\0few-scales" ? 'export { scaleBand, scaleLinear, scalePoint } from "d3-scale";' : null,
};

/** What react-router does not say itself: that a component nobody uses may go, with the forms it would bring. */
const fewRouterParts: Plugin = {
  name: "few-router-parts",
  transform: {
    filter: { id: /node_modules.react-router.dist.*\.js$/ },
    handler: (code) =>
      code
        .replace(/= (?=[\w$]+\.(forwardRef|memo|createContext)\()/g, "= /* @__PURE__ */ ")
        .replace(/^\w+\.displayName = .*$/gm, ""),
  },
};

/**
 * What three pages or more have in common: one file, which compresses better than twenty. Nothing of it may
 * lead to a schema or to Mantine, which would then be on every page.
 */
const common = new RegExp(
  [
    "/react-router/|/p-limit/|/yocto-queue/|/useQueries|/queriesObserver",
    "/src/(glucose(?!/sensor-dates)|client/roster/view|client/chart/(trend-arrow|glucose-value)|report/chart/(words|arrow-path))\\b",
    "/src/client/api/(?!duplicates|worklist-acts|health-links|ward|appointments|lookups|recalls|cases|device-worklist|whole-list|read-file|readings-file|launches|likely-devices|patient-report)",
    "/src/words/(?!locales)",
    "/src/client/ui/(?!clash|mantine|theme|listed-match|place-fields|identity-[fv]|likely-duplicates|use-size|use-search-text|heard|letter-keys|keys-dialog|pace|paper|qr-code|file-button|send-trouble|trouble-words|use-next-button|headline-words|restored-draft)",
    "/src/contract/reading-columns\\b",
  ].join("|"),
);

export default defineConfig({
  plugins: [react(), fewScales, fewRouterParts],
  define: contractVersion,
  css: {
    // A hash in each would not compress.
    modules: { generateScopedName: (name, file) => `${basename(file, ".module.css")}_${name}` },
  },
  build: {
    outDir: "dist/client",
    manifest: true,
    // For browsers older than those below.
    modulePreload: { polyfill: false },
    // The first with light-dark(): rewritten for older ones it would not follow Mantine's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    rolldownOptions: {
      // A schema that nobody uses is nothing (those of text people type are made by `humanText`), and so is a
      // selector of Recharts.
      treeshake: { manualPureFunctions: ["z", "humanText", "humanLines", "createSelector"] },
      output: {
        // A hash does not compress, and the way in names every file of words.
        chunkFileNames: "assets/[name]-[hash:7].js",
        codeSplitting: {
          groups: [
            // Only what forms of other pages check with.
            { name: "schemas", test: /\/zod\//, priority: 3 },
            // What the way in needs is there on every page.
            { name: "main", tags: ["$initial"], priority: 2 },
            { name: "app", test: common, minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    // However slow the machine: a test fails for what it sees, not for when.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // Vitest leaves one core free by itself, which on two is half of the machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/walk/**"],
          setupFiles: ["test/support/own-modules.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["test/**/*.test.tsx"],
          setupFiles: ["test/support/own-modules.ts", "test/support/dom-setup.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "walk",
          include: ["test/walk/**/*.test.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
        },
      },
    ],
  },
});
