import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist/client",
    manifest: true,
    // The first with light-dark(): rewritten for older ones it would not follow Mantine's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // What the first page needs is one file: it is there on every page, and compresses better.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "main", tags: ["$initial"] }] } } },
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
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["test/**/*.test.tsx"],
          setupFiles: ["test/support/dom-setup.ts"],
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
