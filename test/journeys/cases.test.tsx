import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const serial = "P225043043";

test("from the caller on the line to a closed case that both colleagues have written in", async () => {
  const { user, world, server, router } = await open(`/devices/${serial}`);
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await user.click(await screen.findByRole("button", { name: "Open a new case" }));
  await user.click(await screen.findByRole("button", { name: "Open the case" }));
  const nature = screen.getByRole("textbox", { name: "What was said" });
  expect(nature).toHaveAccessibleDescription(/Write what was said\./);
  expect(nature).toHaveFocus();
  await user.type(nature, "It fell off, and it showed 3.1 mmol/L.");
  expect(nature).toHaveAccessibleDescription(/“3\.1 mmol” looks like a glucose value/);
  await user.clear(nature);
  await user.type(nature, "It fell off after the shower.");
  await user.type(screen.getByRole("textbox", { name: "Caller’s name" }), "Han Meimei");
  server.use(http.post("*/api/cases", () => HttpResponse.error(), { once: true }));
  await user.click(screen.getByRole("button", { name: "Open the case" }));
  expect(await screen.findByText("The case was not opened")).toBeVisible();
  expect(nature).toHaveValue("It fell off after the shower.");
  await user.click(screen.getByRole("button", { name: "Open the case" }));

  expect(await screen.findByRole("heading", { level: 1, name: `Case about sensor ${serial}` })).toBeVisible();
  expect(screen.getByRole("note", { name: "Missing in the record of a complaint" })).toHaveTextContent(
    "Caller’s address, Caller’s phone, What was decided and done, Reply to the caller",
  );
  expect(screen.getByText(/^Times of cases are in /)).toBeVisible();
  expect(await screen.findByText(/^Ended .* early: worn .* of .* planned$/)).toBeVisible();

  await user.type(
    await screen.findByRole("textbox", { name: "What was said this time" }),
    "The next one fell off too.",
  );
  await user.click(screen.getByRole("button", { name: "Note the call (Second call)" }));
  expect(await screen.findByText("The next one fell off too.")).toBeVisible();
  expect(await screen.findByText("Second call", { selector: "strong" })).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Change" }));
  await user.type(
    await screen.findByRole("textbox", { name: "Reply to the caller" }),
    "A new one comes on Monday.",
  );
  const id = router.state.location.pathname.split("/").at(-1) ?? "";
  const clinician = await world.signIn("clinician");
  const colleague = await world.request(`/api/cases/${id}`, {
    ...json({ reply: "Call us on Monday.", from: { reply: null } }),
    method: "PATCH",
    cookie: clinician,
  });
  expect(colleague.status).toBe(200);
  await user.click(screen.getByRole("button", { name: "Save" }));
  const clash = await screen.findByRole("group", { name: /Reply to the caller/ });
  expect(clash).toHaveTextContent("Call us on Monday.");
  expect(clash).toHaveTextContent("A new one comes on Monday.");
  expect(clash).toHaveTextContent(/Changed: .* · Demo clinician/);
  await user.click(within(clash).getAllByRole("button")[1] as HTMLElement);
  await user.selectOptions(screen.getByRole("combobox", { name: "State of the case" }), "Closed");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save" })).toBeNull());
  expect(screen.getByText("A new one comes on Monday.")).toBeVisible();
  await user.click(screen.getByText("History"));
  expect(
    screen.getByText("Reply to the caller: A new one comes on Monday. (before: Call us on Monday.)"),
  ).toBeVisible();
  expect(screen.getByText("State of the case: Closed (before: Open)")).toBeVisible();
  expect(screen.getAllByText(/ · Demo support$/, { selector: "dd" })).toHaveLength(3);

  await user.click(screen.getByRole("link", { name: "To the sensor" }));
  expect(await screen.findByText("Latest: Second call")).toBeVisible();
  await user.click(screen.getByRole("link", { name: /All cases/ }));
  await user.type(await screen.findByRole("searchbox"), serial.slice(-6));
  await user.click(await screen.findByRole("radio", { name: "Closed 1" }));
  await user.click(await screen.findByRole("link", { name: new RegExp(serial) }));
  expect(await screen.findByText("It fell off after the shower.")).toBeVisible();

  await router.navigate(-1);
  expect(await screen.findByRole("searchbox")).toHaveValue(serial.slice(-6));
  await user.click(await screen.findByRole("link", { name: new RegExp(serial) }));
  await user.click(await screen.findByRole("link", { name: /All cases/ }));
  expect(await screen.findByRole("searchbox")).toHaveValue("");
  expect(await screen.findByRole("radio", { name: "All cases 1" })).toBeChecked();
});
