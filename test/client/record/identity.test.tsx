import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import {
  about,
  buildPage,
  buildPatient,
  buildRow,
  facetsOf,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();
const anna = buildPatient({ dateOfBirth: "1980-04-03", hospitalNumber: "ZY 17" });

async function open() {
  const saved = vi.fn();
  const asked = vi.fn();
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf(),
    http.get("*/api/staff/colleagues", () => HttpResponse.json({ colleagues: [] })),
    http.get("*/api/patients/p1", () => HttpResponse.json(anna)),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
    http.get("*/api/patients/:id/readings", () => new Promise<never>(() => {})),
    http.patch("*/api/patients/p1", async ({ request }) => {
      saved(await request.json());
      return HttpResponse.json(anna);
    }),
    http.post("*/api/patients/duplicates", async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({
        patients: [
          { id: "p7", name: "Bo Ek", partnerUid: "c-7", dateOfBirth: null, same: "hospital-number" },
        ],
      });
    }),
  );
  const app = renderApp("/patients/p1/record");
  await screen.findByLabelText("Hospital number");
  return { ...app, saved, asked };
}

const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));

test("a change that makes somebody likely another one is told of first, and saved all the same", async () => {
  const { saved, asked } = await open();
  const number = screen.getByLabelText("Hospital number");
  await userEvent.clear(number);
  await userEvent.paste("A 9");
  await save();
  const likely = await screen.findByText(/Perhaps the same person is here already/);
  expect(likely).toHaveTextContent("Bo Ek (c-7): same hospital number.");
  expect(likely).toHaveTextContent("If it is somebody else, save again.");
  expect(saved).not.toHaveBeenCalled();
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({ id: "p1", hospitalNumber: "A 9" }));
  await save();
  await waitFor(() =>
    expect(saved).toHaveBeenCalledWith({ hospitalNumber: "A 9", from: { hospitalNumber: "ZY 17" } }),
  );
});

test("what is emptied is not known any more, and asks nobody who it might be", async () => {
  const { saved, asked } = await open();
  await userEvent.clear(screen.getByLabelText("Date of birth"));
  await userEvent.selectOptions(screen.getByLabelText("Therapy"), "Insulin pump");
  await save();
  await waitFor(() =>
    expect(saved).toHaveBeenCalledWith({
      dateOfBirth: null,
      therapy: "pump",
      from: { dateOfBirth: "1980-04-03", therapy: null },
    }),
  );
  expect(asked).not.toHaveBeenCalled();
});

test("before a merge both dates of birth are told, and that they differ", async () => {
  await open();
  server.use(
    http.post("*/api/patients/search", () =>
      HttpResponse.json(
        buildPage([
          buildRow({ id: "p2", partnerUid: "c-2", dateOfBirth: "1980-03-04", hospitalNumber: "B 1" }),
        ]),
      ),
    ),
  );
  await userEvent.type(screen.getByLabelText("Find the other record"), "anna");
  const found = await screen.findByRole("list", { name: "Records found" });
  expect(found).toHaveTextContent("c-2 born 4 Mar 1980 · Hospital number: B 1");
  await userEvent.click(within(found).getByRole("button", { name: "Choose" }));
  const question = screen.getByRole("group", { name: "Confirm the merge" });
  expect(question).toHaveTextContent(
    "Make Anna Bergström (c-2, born 4 Mar 1980) a part of Anna Bergström (clinic-0001, born 3 Apr 1980)?",
  );
  expect(question).toHaveTextContent("Their dates of birth differ: 4 Mar 1980 and 3 Apr 1980.");
  expect(question).toHaveTextContent("what this one lacks is not taken from the other");
});
