import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

/** The list, and what is asked for of single patients besides what the list's own rows ask for. */
async function openList() {
  const { user, server } = await open("/patients");
  const asked: string[] = [];
  const addresses: string[] = [];
  server.events.on("request:start", ({ request }) => {
    const found = /^\/api\/patients\/[-\w]{36}(?:\/(\w+))?$/.exec(new URL(request.url).pathname);
    const part = found?.[1] ?? "record";
    if (!found || ["summary", "ranges"].includes(part)) return;
    asked.push(part);
    addresses.push(request.url);
  });
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  const link = await screen.findByRole("link", { name: "Oliver Bennett" });
  return { user, asked, addresses, link };
}

test("pointing at patients asks for nothing of them, and a press of the mouse asks for the record and the readings before it is let go", async () => {
  const { user, asked, addresses, link } = await openList();
  for (const other of screen.getAllByRole("rowheader")) await user.hover(other.querySelector("a") ?? other);
  link.focus();
  await user.hover(link);
  await user.pointer({ keys: "[MouseRight]", target: link });
  await user.keyboard("{Control>}");
  await user.pointer([
    { keys: "[MouseLeft>]", target: link },
    { target: document.body },
    { keys: "[/MouseLeft]" },
  ]);
  await user.keyboard("{/Control}");
  expect(asked).toEqual([]);

  await user.pointer({ keys: "[MouseLeft>]", target: link });
  await waitFor(() => expect([...asked].sort()).toEqual(["readings", "readings", "record"]));
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Patients");
  await user.pointer({ keys: "[/MouseLeft]", target: link });
  expect(await screen.findByRole("region", { name: "Statistics" })).toBeVisible();
  // None of it is asked for twice.
  expect(addresses).toEqual([...new Set(addresses)]);
});

test("a finger on a patient may begin to scroll: nothing is asked for before it opens them, then the readings with the record", async () => {
  const { user, asked, link } = await openList();
  fireEvent.pointerDown(link, { pointerType: "touch", button: 0 });
  fireEvent.pointerCancel(link, { pointerType: "touch" });
  expect(asked).toEqual([]);
  await user.pointer({ keys: "[TouchA]", target: link });
  expect(await screen.findByRole("region", { name: "Statistics" })).toBeVisible();
  expect(asked.slice(0, 3).sort()).toEqual(["readings", "readings", "record"]);
});
