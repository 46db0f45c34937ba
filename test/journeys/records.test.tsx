import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

const signedIn = async (path: string) => {
  const app = await open(path);
  await app.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  return app;
};

test("a record is edited, found by its tag, archived and brought back", async () => {
  const { world, user } = await signedIn("/patients");
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has no people");
  await user.click(await screen.findByRole("link", { name: person.name }));
  await user.click(await screen.findByRole("link", { name: "Edit record" }));
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText("Please fill this in.")).toBeVisible();
  await user.type(name, "Renamed Person");
  await user.type(screen.getByRole("combobox", { name: "Tags" }), "ward 3{Enter}");
  await user.click(screen.getByRole("combobox", { name: "Care team" }));
  await user.keyboard("demo cl{Enter}");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved")).toBeVisible();

  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Renamed Person: patient record");
  await user.click(screen.getByRole("button", { name: "Archive Renamed Person" }));
  expect(screen.getByText("Archive Renamed Person?")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Yes, archive" }));
  expect(await screen.findByText(/This person is archived/)).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Patients" }));
  await user.click(await screen.findByRole("switch", { name: "Archived (1)" }));
  await user.click(await screen.findByRole("link", { name: "Renamed Person" }));
  expect(await screen.findByText(/This patient is archived/)).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Edit record" }));
  await user.click(await screen.findByRole("button", { name: "Take Renamed Person out of the archive" }));
  await screen.findByRole("button", { name: "Archive Renamed Person" });

  await user.click(screen.getByRole("link", { name: "Patients" }));
  await user.click(await screen.findByRole("link", { name: "My patients" }));
  expect(await screen.findByText("1 patient matches")).toBeVisible();
  expect(await screen.findByText("ward 3")).toBeVisible();
});

test("from the record one comes back to the period the patient's page showed", async () => {
  const { world, user, router } = await signedIn("/patients");
  const [person] = world.sandbox.cohort;
  await user.click(await screen.findByRole("link", { name: person?.name ?? "" }));
  await user.click(await screen.findByRole("radio", { name: "7 d" }));
  await user.click(screen.getByRole("link", { name: "Edit record" }));
  await user.click(await screen.findByRole("link", { name: `← Back to ${person?.name}` }));
  expect(router.state.location.search).toBe("?days=7");
});

test("what was typed into a record stays through a look elsewhere, and can be given up", async () => {
  const { world, user, router } = await signedIn("/patients");
  const [person] = world.sandbox.cohort;
  await user.click(await screen.findByRole("link", { name: person?.name ?? "" }));
  await user.click(await screen.findByRole("link", { name: "Edit record" }));
  await user.type(await screen.findByRole("textbox", { name: "Name" }), " X");
  const path = router.state.location.pathname;
  await user.click(screen.getByRole("link", { name: "Sensors" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull());
  await router.navigate(path);
  expect(await screen.findByRole("textbox", { name: "Name" })).toHaveValue(`${person?.name} X`);
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue(person?.name);
});

test("a record whose zone is unknown is not saved, and its own zone comes back", async () => {
  const { world, user, router, queryClient } = await signedIn("/patients");
  const [person] = world.sandbox.cohort;
  await user.click(await screen.findByRole("link", { name: person?.name ?? "" }));
  await user.click(await screen.findByRole("link", { name: "Edit record" }));
  const zone = () => screen.findByRole("combobox", { name: "Time zone" });
  const kept = (await zone()).getAttribute("value");
  await user.type(await screen.findByRole("textbox", { name: "Name" }), " X");
  await user.click(await zone());
  await user.keyboard("Mars");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText(/“Mars” is not in the list/)).toBeVisible();
  expect(await zone()).toHaveFocus();

  const path = router.state.location.pathname;
  await user.click(screen.getByRole("link", { name: "Sensors" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull());
  await router.navigate(path);
  expect(await screen.findByRole("textbox", { name: "Name" })).toHaveValue(`${person?.name} X`);
  expect(await zone()).toHaveValue(kept);
  await user.click(await zone());
  await user.keyboard("Mars{Tab}");
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  expect(screen.queryByText(/is not in the list/)).toBeNull();
  expect(await zone()).toHaveValue(kept);
  await waitFor(() => expect(queryClient.isFetching() + queryClient.isMutating()).toBe(0));
  const stored = () => world.database.db.selectFrom("patient").select("name").execute();
  expect(await stored()).not.toContainEqual({ name: `${person?.name} X` });
});

test("an edit of what a colleague changed meanwhile is kept, shown beside theirs, and saved over it knowingly", async () => {
  const { world, user } = await signedIn("/patients");
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has no people");
  await user.click(await screen.findByRole("link", { name: person.name }));
  await user.click(await screen.findByRole("link", { name: "Edit record" }));
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.type(name, " X");
  const cookie = await world.signIn("administrator");
  const kept = () => world.database.db.selectFrom("patient").selectAll().orderBy("name").execute();
  const id = (await kept()).find((row) => row.name === person.name)?.id;
  const byColleague = (text: string) =>
    world.request(`/api/patients/${id}`, { ...json({ name: text }), method: "PATCH", cookie });
  await byColleague("Theirs");

  await user.click(screen.getByRole("button", { name: "Save" }));
  const clash = await screen.findByRole("group", { name: /^Name: somebody else has changed this/ });
  expect(clash).toHaveTextContent("Kept now: Theirs");
  expect(clash).toHaveTextContent(`Yours, not saved: ${person.name} X`);
  expect(screen.getAllByText(/else (has )?changed this meanwhile/)).toHaveLength(1);
  expect(screen.queryByText("Nothing was changed")).toBeNull();
  expect(screen.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
  await user.type(name, "{Enter}");
  expect(name).toHaveValue(`${person.name} X`);
  expect((await kept()).find((row) => row.id === id)?.name).toBe("Theirs");
  await user.click(within(clash).getByRole("button", { name: "Keep mine, to save over theirs" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved")).toBeVisible();
  expect((await kept()).find((row) => row.id === id)?.name).toBe(`${person.name} X`);

  await user.type(name, "Y");
  await byColleague("Theirs again");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Take theirs" }));
  expect(name).toHaveValue("Theirs again");
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("two records of one person are merged after a question, and taken apart", async () => {
  const { world, user, router } = await signedIn("/patients");
  const [first, second] = world.sandbox.cohort;
  if (!first || !second) throw new Error("the sandbox has too few people");
  await user.click(await screen.findByRole("link", { name: first.name }));
  await user.click(await screen.findByRole("link", { name: "Edit record" }));
  await user.type(await screen.findByRole("textbox", { name: "Find the other record" }), second.partnerUid);
  const found = await screen.findByRole("list", { name: "Records found" });
  await user.click(await within(found).findByRole("button", { name: "Choose" }));
  expect(screen.getByText(new RegExp(`Make ${second.name} .* a part of ${first.name}`))).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Yes, they are the same person" }));
  await screen.findByRole("button", { name: "Take apart again" });

  const twin = (await world.database.db.selectFrom("patient").selectAll().execute()).find(
    ({ merged_into }) => merged_into !== null,
  );
  await router.navigate(`/patients/${twin?.id}`);
  expect(await screen.findByRole("heading", { name: first.name })).toBeVisible();
  expect(
    await screen.findByText(`${first.partnerUid} with ${second.partnerUid}`, { exact: false }),
  ).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Edit record" }));
  await user.click(await screen.findByRole("button", { name: "Take apart again" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Take apart again" })).toBeNull());
});

test("with the sensor's number the page tells unbound from somebody else's", async () => {
  const { user } = await signedIn("/patients/new");
  await user.type(await screen.findByRole("textbox", { name: "Partner user ID" }), "clinic-7777");
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Nora Ek");
  await user.click(screen.getByRole("combobox", { name: "Region" }));
  await user.keyboard("sweden{Enter}");
  await user.click(screen.getByRole("button", { name: "Register patient" }));
  await user.click(await screen.findByRole("button", { name: "Yes, register" }));
  expect(await screen.findByText(/registered with the platform as clinic-7777/)).toBeVisible();
  const serial = screen.getByRole("textbox", { name: /Serial number of the sensor/ });
  await user.type(serial, "P225043050");
  expect(await screen.findByText("This sensor is not bound to anybody yet.")).toBeVisible();
  await user.clear(serial);
  await user.type(serial, "P225043062");
  expect(await screen.findByText(/bound to somebody else/)).toBeVisible();
});
