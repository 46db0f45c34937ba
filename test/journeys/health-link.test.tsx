import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const shlink = (payload: object) =>
  `#shlink:/${btoa(JSON.stringify({ url: "https://elsewhere.example/m", key: "k", ...payload }))}`;

test.each([
  ["nothing", "", "This is no health link"],
  ["nonsense", "#shlink:/nonsense", "This is no health link"],
  ["another site's link", shlink({}), "This link is of another site"],
  ["a link of a later version", shlink({ v: 2 }), "This link is of a later kind"],
  ["a link that has run out", shlink({ exp: 1 }), "This link has run out"],
])("whoever opens %s is told so, and what to do", async (_, hash, words) => {
  await open(`/health-link${hash}`);
  expect(await screen.findByText(words)).toBeVisible();
});
