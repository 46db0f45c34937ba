import { afterAll, vi } from "vitest";

// Files run one after the other in a process that has loaded the packages once. Our own modules and what they
// remember, stubs and clocks are each file's own.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetModules();
});
