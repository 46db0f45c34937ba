import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import * as csv from "#client/ui/csv.ts";
import { readPdf } from "#test/support/pdf.ts";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

vi.mock("#client/ui/csv.ts", { spy: true });
const [saveFile, saveBlob] = [vi.mocked(csv.saveFile), vi.mocked(csv.saveBlob)];
beforeEach(() => {
  saveFile.mockImplementation(() => {});
  saveBlob.mockImplementation(() => {});
});

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
  expect(nature).toHaveAccessibleDescription(/“3\.1 mmol” could be a glucose value/);
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
  expect(
    await screen.findByText("Calls 1–2 of 2 about this sensor are in this case", { selector: "strong" }),
  ).toBeVisible();
  expect(screen.getByText(/^Second call · .+ · noted by /)).toBeVisible();

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
  const lacking = "Caller’s address, Caller’s phone, What was decided and done";
  const question = await screen.findByRole("alert", { name: "Close it although this is missing?" });
  expect(question).toHaveTextContent(lacking);
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  await user.click(within(question).getByRole("button", { name: "Not yet, add it" }));
  expect(screen.getByRole("textbox", { name: "Reply to the caller" })).toHaveValue(
    "A new one comes on Monday.",
  );
  expect(screen.getByRole("button", { name: "Save" })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Close anyway" }));
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

test("the page, its Markdown and its PDF file say the same lines; a file that is not made says so", async () => {
  const { user, world, server, router } = await open(`/devices/${serial}`);
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  const cookie = await world.signIn("clinician");
  const send = async (path: string, body: object, method = "POST") => {
    const answer = await world.request(path, { ...json(body), method, cookie });
    return ((await answer.json()) as { id: string }).id;
  };
  const given = { serial, receivedAtMs: world.now(), callerName: "李雷", nature: "It fell off.\nTwice." };
  const id = await send("/api/cases", given);
  await send(`/api/cases/${id}/calls`, { caller: null, said: "Again." });
  await send(`/api/cases/${id}`, { state: "closed", action: "Replaced." }, "PATCH");
  await router.navigate(`/cases/${id}`);
  const pdfButton = await screen.findByRole("button", { name: "Save as PDF" });

  server.use(http.get("*/pdf", () => HttpResponse.error(), { once: true }));
  await user.click(pdfButton);
  expect(await screen.findByText("The PDF file was not made")).toBeVisible();
  expect(saveBlob).not.toHaveBeenCalled();
  await user.click(pdfButton);
  await waitFor(() => expect(saveBlob).toHaveBeenCalled());
  expect(screen.queryByText("The PDF file was not made")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Save as Markdown" }));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());

  const main = within(screen.getByRole("main"));
  const shown = ["term", "definition", "listitem"].flatMap((role) =>
    main
      .getAllByRole(role, { hidden: true })
      .flatMap(({ children, textContent }) =>
        children.length > 0 ? [...children].map((child) => child.textContent) : [textContent],
      ),
  );
  expect(shown).toContain("It fell off.\nTwice.");
  expect(shown).toContain("State of the case: Closed (before: Open)");
  const [[pdfName, pdf] = [], [markdownName, markdown = ""] = []] = [
    saveBlob.mock.lastCall,
    saveFile.mock.lastCall,
  ];
  expect([pdfName, markdownName]).toEqual([
    "case-P225043043-2026-11-20.pdf",
    "case-P225043043-2026-11-20.md",
  ]);
  const { says } = await readPdf(new Uint8Array((await pdf?.arrayBuffer()) ?? []));
  const plain = markdown.replace(/^> |\\/gm, "");
  expect(shown.filter((text) => !says(text ?? ""))).toEqual([]);
  expect(shown.filter((text) => !plain.includes(text ?? ""))).toEqual([]);
});
