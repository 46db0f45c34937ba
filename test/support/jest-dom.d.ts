import type { TestingLibraryMatchers } from "@testing-library/jest-dom/matchers";

// jest-dom 6.9 declares its matchers on vitest 4's Assertion; vitest 5 takes them here.
declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends TestingLibraryMatchers<T, R> {}
}
