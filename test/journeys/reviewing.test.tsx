import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { markedPatient, noteMaxLength, patientNotes } from "#contract/worklist-acts.ts";
import { json, type World } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

async function openList() {
  const opened = await open("/patients");
  await opened.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  return opened;
}
const rowOf = (name: string) => within(screen.getByRole("row", { name: new RegExp(name) }));

/** On screen; what is heard is the same. */
const said = (text: string | RegExp) => screen.findByText(text, { ignore: "[aria-live] *" });

/** As a colleague does it elsewhere. */
async function asAdministrator(world: World) {
  const cookie = await world.signIn("administrator");
  return async (path: string, body?: object, method = "POST") =>
    (await world.request(`/api/patients/${path}`, { ...(body ? json(body) : {}), method, cookie })).json();
}

test("from the list to reviewed are three keys, one more takes it back", async () => {
  const { user } = await openList();
  await user.keyboard("/");
  await user.keyboard("{ArrowDown}");
  const name = document.activeElement?.textContent ?? "";
  await user.keyboard("r");
  expect(await said(`${name}: marked as reviewed.`)).toBeVisible();
  expect(rowOf(name).getByText("Reviewed by Demo clinician, 09:30")).toBeVisible();
  // The row and the focus stay where they were.
  expect(document.activeElement).toHaveTextContent(name);
  await user.keyboard("u");
  expect(await said(`${name}: the review was taken back.`)).toBeVisible();
  expect(rowOf(name).queryByText(/^Reviewed by/)).toBeNull();
});

test("put off and handed over by keys, each taken back to what stood before", async () => {
  const { user } = await openList();
  const row = () => rowOf("Oliver Bennett");
  screen.getByRole("link", { name: "Oliver Bennett" }).focus();
  await user.keyboard("s");
  const dialog = within(await screen.findByRole("dialog", { name: "Oliver Bennett" }));
  expect(dialog.getByRole("radio", { name: "Tomorrow, Sat 21 Nov" })).toHaveFocus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(row().getByText("Put off until Sat 21 Nov or until worse by Demo clinician")).toBeVisible();
  expect(screen.getByRole("link", { name: "Oliver Bennett" })).toHaveFocus();

  await user.keyboard("h");
  await user.type(await screen.findByRole("textbox", { name: "To whom?" }), "supp{Enter}");
  expect(await said(/handed to Support\.$/)).toBeVisible();
  expect(row().getByText("Handed to Support by Demo clinician")).toBeVisible();
  await user.keyboard("u");
  expect(await said(/no longer handed over\.$/)).toBeVisible();
  expect(row().queryByText(/^Handed to/)).toBeNull();
  expect(row().getByText(/^Put off until/)).toBeVisible();
});

test("of two who review at once the second is told whose review stands; a second one knowingly made tells both of the other", async () => {
  const { user, world, queryClient } = await openList();
  const admin = await asAdministrator(world);
  const link = screen.getByRole("link", { name: "Oliver Bennett" });
  const id = link.getAttribute("href")?.split("/").at(-1) ?? "";
  // Before this list has heard of it.
  markedPatient.parse(await admin(`${id}/review`, { seen: null }));
  link.focus();
  await user.keyboard("r");
  expect(
    await said(
      "Oliver Bennett: reviewed by Demo administrator on the same figures, 09:30. Nothing was added.",
    ),
  ).toBeVisible();
  expect(rowOf("Oliver Bennett").getByText("Reviewed by Demo administrator, 09:30")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  await user.keyboard("r");
  expect(await said("Demo administrator reviewed them too, 09:30.")).toBeVisible();
  // And once more, after it.
  world.advance(60_000);
  await admin(`${id}/review`, { seen: 2 });
  await act(() => queryClient.invalidateQueries());
  expect(await said("Demo administrator reviewed them too, 09:31.")).toBeVisible();
  expect(
    rowOf("Oliver Bennett").getByText("Reviewed by Demo administrator, just now; you, 1 minute ago"),
  ).toBeVisible();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("a note is written from the patient's page, read there with its author and time, and deleted by its author", async () => {
  const { user, world } = await openList();
  const admin = await asAdministrator(world);
  await user.click(screen.getByRole("link", { name: "Oliver Bennett" }));
  const id = location.pathname.split("/").at(-1) ?? "";
  await admin(`${id}/notes`, { text: "Hers" });
  world.advance(60_000);
  await screen.findByRole("button", { name: "Mark reviewed" });
  await user.keyboard("n");
  await user.type(await screen.findByRole("textbox", { name: "For colleagues" }), "Calls back on Monday");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.click(
    await screen.findByRole("button", { name: /^2 notes, the last by Demo clinician, 09:31/ }),
  );
  const mine = within((await screen.findByText("Calls back on Monday")).closest("li") as HTMLElement);
  expect(mine.getByText("Demo clinician, 09:31")).toBeVisible();
  const hers = within(screen.getByText("Hers").closest("li") as HTMLElement);
  expect(hers.queryByRole("button", { name: "Delete" })).toBeNull();
  await user.click(mine.getByRole("button", { name: "Delete" }));
  await user.click(mine.getByRole("button", { name: "Delete this note" }));
  await waitFor(() => expect(screen.queryByText("Calls back on Monday")).toBeNull());
  const { notes } = patientNotes.parse(await admin(`${id}/notes`, undefined, "GET"));
  expect(notes.map(({ text }) => text)).toEqual(["Hers"]);
  expect(JSON.stringify(world.logLines) + location.href).not.toMatch(/Monday/);
});

test("what was typed outlives the session, and is said in the row until it is sent", async () => {
  const { user, world } = await openList();
  screen.getByRole("link", { name: "Oliver Bennett" }).focus();
  await user.keyboard("n");
  const text = "x".repeat(noteMaxLength - 10);
  await user.click(await screen.findByRole("textbox", { name: "For colleagues" }));
  await user.paste(text);
  await world.database.db.deleteFrom("session").execute();
  await user.click(screen.getByRole("button", { name: "Send the note" }));
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  expect(rowOf("Oliver Bennett").getByText("Your note here is not sent")).toBeVisible();
  screen.getByRole("link", { name: "Oliver Bennett" }).focus();
  await user.keyboard("n");
  expect(await screen.findByRole("textbox", { name: "For colleagues" })).toHaveValue(text);
  await user.click(screen.getByRole("button", { name: "Send the note" }));
  expect(await said("Oliver Bennett: the note was sent.")).toBeVisible();
  expect(rowOf("Oliver Bennett").getByText("1 note, by Demo clinician, 09:30")).toBeVisible();
  expect(screen.queryByText("Your note here is not sent")).toBeNull();
});

test("a patient's page says why the list names them, in the list's words, and the look is in the trail", async () => {
  const { user, world } = await openList();
  // Before somebody's days were read only what is known of their sensor is among the reasons.
  await waitFor(() => expect(screen.queryByText("Not read yet", { ignore: "option" })).toBeNull(), {
    timeout: 40_000,
  });
  const listed = await screen.findAllByRole("list", { name: "Reasons" });
  const row = listed.map((list) => list.closest("tr") as HTMLElement).find((one) => one);
  if (!row) throw new Error("nobody has a reason");
  const reasons = within(row)
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
  const link = within(row).getAllByRole("link")[0] as HTMLElement;
  const name = link.textContent ?? "";
  await user.click(link);
  await screen.findByRole("heading", { level: 1, name });
  if (reasons.length > 1) await user.click(await screen.findByText(/, and \d+ more reasons?$/));
  const shown = within(await screen.findByRole("list", { name: "Reasons" }));
  expect(shown.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(reasons);
  const looks = world.database.db
    .selectFrom("audit")
    .select("subject")
    .where("action", "=", "patient-reasons.view");
  expect(await looks.execute()).toHaveLength(1);
});

test("what was done names the patient and goes with the next page; u there says that nothing is left", async () => {
  const { user, router } = await openList();
  const link = screen.getByRole("link", { name: "Oliver Bennett" });
  await user.click(link);
  await screen.findByTestId("curve");
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  const here = router.state.location.pathname;
  await user.keyboard("r");
  expect(await said("Oliver Bennett: marked as reviewed.")).toBeVisible();
  const key = screen.queryByRole("link", { name: /^Next: / }) ? "]" : "[[";
  await user.keyboard(key);
  await waitFor(() => expect(router.state.location.pathname).not.toBe(here));
  await screen.findByTestId("curve");
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  expect(screen.queryByText("Oliver Bennett: marked as reviewed.", { ignore: "[aria-live] *" })).toBeNull();
  await user.keyboard("u");
  expect(await said(/: nothing is left to undo\.$/)).toBeVisible();
  expect(await said(/: nothing is left to undo\.$/)).not.toHaveTextContent("Oliver Bennett");
  // Back on their page it can still be undone.
  await user.keyboard(key === "]" ? "[[" : "]");
  await waitFor(() => expect(router.state.location.pathname).toBe(here));
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  await user.keyboard("u");
  expect(await said("Oliver Bennett: the review was taken back.")).toBeVisible();
});

test("a patient's page that was opened by a link says that there is no list to go through", async () => {
  const { user, router } = await openList();
  const id = new URL((screen.getByRole("link", { name: "Oliver Bennett" }) as HTMLAnchorElement).href)
    .pathname;
  await act(() => router.navigate(id));
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  await user.keyboard("]");
  expect(await said(/^There is no list around this patient/)).toBeVisible();
});

test("opened as the only match of a search, they are said to be the only one of that list", async () => {
  const { user } = await openList();
  await user.type(screen.getByRole("searchbox"), "Oliver Bennett{Enter}");
  await screen.findByRole("heading", { level: 1, name: "Oliver Bennett" });
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  for (const key of ["]", "[["]) {
    await user.keyboard(key);
    expect(await said(/^Only this patient is in the list/)).toBeVisible();
  }
});

test("a letter that comes at once after Enter reviews nobody, and that is said on the page", async () => {
  const { user, router } = await openList();
  const link = screen.getByRole("link", { name: "Oliver Bennett" });
  const before = router.state.location.pathname;
  link.focus();
  await user.keyboard("{Enter}r");
  await waitFor(() => expect(router.state.location.pathname).not.toBe(before));
  await screen.findByRole("heading", { level: 1, name: "Oliver Bennett" });
  await screen.findByRole("button", { name: /^Mark reviewed/ });
  expect(
    await said(/^The key came (before the page was ready|while the page was still loading)/),
  ).toBeVisible();
  expect(screen.queryByText(/Oliver Bennett: marked as reviewed/)).toBeNull();
  await user.keyboard("r");
  expect(await said("Oliver Bennett: marked as reviewed.")).toBeVisible();
});

test("a review that a colleague took back leaves the row with the list's next answer, and u answers of the row as it is", async () => {
  const { user, world, queryClient } = await openList();
  const send = await asAdministrator(world);
  const link = screen.getByRole("link", { name: "Oliver Bennett" }) as HTMLAnchorElement;
  const id = new URL(link.href).pathname.split("/").at(-1) ?? "";
  const { marks } = markedPatient.parse(await send(`${id}/review`, { seen: null }));
  link.focus();
  await user.keyboard("r");
  await waitFor(() => expect(rowOf("Oliver Bennett").getByText(/^Reviewed by/)).toBeVisible());
  await send(`${id}/review`, { number: marks?.review?.number }, "DELETE");
  await user.keyboard("u");
  expect(await said(/^Oliver Bennett: nothing is left to undo/)).toBeVisible();
  await waitFor(() => expect(rowOf("Oliver Bennett").queryByText(/^Reviewed by/)).toBeNull());
  await send(`${id}/review`, { seen: null });
  await act(() => queryClient.refetchQueries({ queryKey: ["patients", "page"] }));
  expect(await rowOf("Oliver Bennett").findByText(/^Reviewed by/)).toBeVisible();
});
