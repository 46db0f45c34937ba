import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Patient } from "#contract/patient.ts";
import { newPatientFields } from "#contract/patient-change.ts";
import {
  about,
  buildPatient,
  facetsOf,
  failing,
  listOf,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";
import words from "#words/locales/en/domain.json" with { type: "json" };

vi.mock("#client/patient/patient-page.tsx", () => ({ PatientPage: () => <h1>The patient</h1> }));

const server = serveFaults();
// The form marks the zone of the computer it is on, which is none of those here.
vi.stubEnv("TZ", "UTC");

/** Who has the ID that is being typed. */
const lookup = (patient: Patient | null = null, similar: Patient | null = null) =>
  http.post("*/api/patients/lookup", () => HttpResponse.json({ patient, similar }));

async function open() {
  server.use(about(), signedInAs("clinician"), lookup());
  const app = renderApp("/patients/new");
  await screen.findByRole("heading", { name: "Add a patient" });
  return app;
}

const field = (label: string) =>
  screen.getByRole(/zone|Region|Diabetes|Therapy/.test(label) ? "combobox" : "textbox", { name: label });
/** Nothing is on its way to the server any more. */
const settled = ({ queryClient }: Awaited<ReturnType<typeof open>>) =>
  waitFor(() => expect(queryClient.isFetching() + queryClient.isMutating()).toBe(0));
/** Sends the form, and says yes to the region where it is asked about. */
async function send() {
  await userEvent.click(screen.getByRole("button", { name: /^Register patient|^Yes, register/ }));
  const yes = screen.queryByRole("button", { name: /^Yes, register/ });
  if (yes) await userEvent.click(yes);
}

async function fill() {
  await userEvent.type(field("Partner user ID"), "clinic-0002");
  await userEvent.type(field("Name"), "Li Na");
  await choose("Region", "china");
}

async function choose(label: string, text: string) {
  await userEvent.click(field(label));
  await userEvent.keyboard(`${text}{Enter}`);
}

test("the form has every field of a new patient", async () => {
  await open();
  for (const name of newPatientFields) expect(field(words.field[name]), name).toBeEnabled();
});

test("no region is proposed at first, and a region brings its zone", async () => {
  await open();
  expect(field("Region")).toHaveValue("");
  await choose("Region", "germany");
  expect(field("Region")).toHaveValue("Germany (DE)");
  expect(field("Time zone")).toHaveValue("Europe/Berlin");
});

test("a region's only zone is taken, one of several is said to be an assumption until another is chosen", async () => {
  await open();
  await choose("Region", "norway");
  expect(field("Time zone")).toHaveValue("Europe/Oslo");
  expect(screen.queryByText(/several time zones/)).toBeNull();
  await choose("Region", "US");
  expect(field("Time zone")).toHaveValue("America/New York");
  expect(field("Time zone")).toHaveAccessibleDescription(
    /Several time zones are in use \(United States\): check it\./,
  );
  await choose("Time zone", "los angeles");
  expect(screen.queryByText(/several time zones/)).toBeNull();
});

test("the next patient is proposed where the last one was", async () => {
  server.use(http.post("*/api/patients", () => HttpResponse.json(buildPatient(), { status: 201 })));
  const { router } = await open();
  await fill();
  await send();
  await screen.findByRole("heading", { name: "The patient" });
  await router.navigate("/patients/new");
  await waitFor(() => expect(field("Region")).toHaveValue("China (CN)"));
  await waitFor(() => expect(field("Time zone")).toHaveValue("Asia/Shanghai"));
});

test("a region is asked about for every patient before it stands for good, one proposed from the patient before too", async () => {
  const sent = vi.fn();
  server.use(
    http.post("*/api/patients", async ({ request }) => {
      sent(((await request.json()) as { region: string }).region);
      return HttpResponse.json(buildPatient(), { status: 201 });
    }),
  );
  const app = await open();
  const register = () => userEvent.click(screen.getByRole("button", { name: "Register patient" }));
  await fill();
  await userEvent.click(field("Region"));
  await userEvent.keyboard("{ArrowDown}{Enter}");
  const chosen = (field("Region") as HTMLInputElement).value;
  await register();
  const question = await screen.findByRole("group", { name: /This patient’s region: .*Is that right\?/ });
  expect(question).toHaveTextContent("cannot be changed later");
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Change the region" }));
  expect(field("Region")).toHaveFocus();
  await choose("Region", "china");
  expect(field("Region")).not.toHaveValue(chosen);
  await register();
  await userEvent.click(await screen.findByRole("button", { name: "Yes, register" }));
  await screen.findByRole("heading", { name: "The patient" });
  await app.router.navigate("/patients/new");
  await waitFor(() => expect(field("Region")).toHaveValue("China (CN)"));
  await userEvent.type(field("Partner user ID"), "clinic-0003");
  await userEvent.type(field("Name"), "Wei");
  await register();
  expect(
    await screen.findByRole("group", {
      name: "This patient’s region: China. Is that right?",
    }),
  ).toBeVisible();
  await settled(app);
  expect(sent).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole("button", { name: "Yes, register" }));
  await screen.findByRole("heading", { name: "The patient" });
  expect(sent.mock.calls).toEqual([["CN"], ["CN"]]);
});

test("an empty field is asked to be filled in, and not called a place that does not exist", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Register patient" }));
  expect(field("Region")).toHaveAccessibleDescription(/Please fill this in/);
  expect(screen.queryByText(/not a country/)).toBeNull();
});

test("a region or zone that is in no list is said to be unknown and never replaced by another", async () => {
  const sent = vi.fn();
  server.use(http.post("*/api/patients", () => sent()));
  const app = await open();
  await fill();
  await userEvent.click(field("Time zone"));
  await userEvent.keyboard("Mars");
  await userEvent.click(field("Name"));
  expect(screen.getByText("“Mars” is not in the list. Choose an entry.")).toBeVisible();
  expect(field("Time zone")).toHaveValue("Mars");
  await send();
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
  await choose("Time zone", "paris");
  expect(screen.queryByText(/is not in the list/)).toBeNull();
  expect(field("Time zone")).toHaveValue("Europe/Paris");
});

const leaveBy = {
  Tab: () => userEvent.tab(),
  "a click": () => userEvent.click(field("Name")),
  Enter: () => userEvent.keyboard("{Enter}"),
  "Enter on a closed list": () => userEvent.keyboard("{Escape}{Enter}"),
};

test.each([
  ["Region", "DE", "Tab", "Germany (DE)"],
  ["Region", "singapore", "a click", "Singapore (SG)"],
  ["Region", "ZA", "Tab", "South Africa (ZA)"],
  ["Region", "ZA", "Enter", "South Africa (ZA)"],
  ["Region", "China", "Enter on a closed list", "China (CN)"],
  ["Time zone", "Sydney", "Tab", "Australia/Sydney"],
  ["Time zone", "america/los_angeles", "a click", "America/Los Angeles"],
] as const)("%s: %s is taken when the field is left by %s", async (label, text, way, taken) => {
  await open();
  await userEvent.click(field(label));
  await userEvent.keyboard(text);
  await leaveBy[way]();
  expect(field(label)).toHaveValue(taken);
  expect(field(label)).toBeValid();
});

test("Enter on a zone that is unknown sends nothing in place of it", async () => {
  const sent = vi.fn();
  server.use(http.post("*/api/patients", () => sent()));
  const app = await open();
  await fill();
  await userEvent.click(field("Time zone"));
  await userEvent.keyboard("Mars{Enter}");
  expect(screen.getByText("“Mars” is not in the list. Choose an entry.")).toBeVisible();
  await userEvent.keyboard("{Enter}");
  await send();
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
});

test("an ID that is taken names its owner and leads there, and is not sent", async () => {
  const sent = vi.fn();
  server.use(http.post("*/api/patients", () => sent()));
  const app = await open();
  server.use(lookup(buildPatient({ id: "p7", name: "Lukas Hoffmann" })));
  await fill();
  expect(await screen.findByText(/This ID belongs to Lukas Hoffmann/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Open Lukas Hoffmann" })).toHaveAttribute("href", "/patients/p7");
  await send();
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
  expect(field("Name")).toHaveValue("Li Na");
});

test("an ID that differs in case only, and one with odd characters, are pointed out", async () => {
  await open();
  server.use(lookup(null, buildPatient({ name: "Lukas Hoffmann", partnerUid: "clinic-0010" })));
  await userEvent.type(field("Partner user ID"), "Clinic-0010");
  expect(await screen.findByText(/easily taken for this one/)).toBeVisible();
  await userEvent.clear(field("Partner user ID"));
  await userEvent.type(field("Partner user ID"), "a b<c>");
  expect(await screen.findByText(/Unusual in an ID: \(space\) < >/)).toBeVisible();
});

test("a zone chosen by hand stays when the region changes", async () => {
  await open();
  await choose("Time zone", "urumqi");
  await choose("Region", "japan");
  expect(field("Time zone")).toHaveValue("Asia/Urumqi");
});

test.each([
  ["Region", "usa", "United States (US)"],
  ["Region", "UK", "United Kingdom (GB)"],
  ["Region", "deutschland", "Germany (DE)"],
  ["Region", "turkey", "Türkiye (TR)"],
  ["Time zone", "são paulo", "America/Sao Paulo"],
])("%s: “%s” is what people call %s", async (label, text, taken) => {
  await open();
  await choose(label, text);
  expect(field(label)).toHaveValue(taken);
});

test("two letters that are no country or territory are not taken for one", async () => {
  await open();
  await choose("Region", "xx");
  expect(screen.getByText("“xx” is not in the list. Choose an entry.")).toBeVisible();
});

test("a zone that is none of the region's is pointed out", async () => {
  await open();
  await choose("Time zone", "berlin");
  await choose("Region", "US");
  expect(field("Time zone")).toHaveAccessibleDescription(
    /This time zone is not in use there \(United States\): check it\./,
  );
});

test("an ID that differs in capitals only from one here is not registered before that was on screen", async () => {
  const sent = vi.fn();
  server.use(http.post("*/api/patients", () => sent()));
  const app = await open();
  server.use(lookup(null, buildPatient({ name: "Lukas Hoffmann", partnerUid: "Clinic-0002" })));
  await userEvent.type(field("Name"), "Li Na");
  await choose("Region", "china");
  await userEvent.click(field("Partner user ID"));
  await userEvent.paste("clinic-0002");
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText(/Lukas Hoffmann has the ID Clinic-0002/)).toBeVisible();
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
});

test("what was typed earlier says so, and one can start over", async () => {
  sessionStorage.setItem(
    "trendline-draft-onboarding",
    JSON.stringify({
      owner: "clinician-1",
      value: { partnerUid: "old-1", name: "Old", region: "DE", timeZone: "Europe/Berlin" },
    }),
  );
  await open();
  expect(
    screen.getByText("Your unsaved changes are here again: Partner user ID, Name, Region, Time zone."),
  ).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(field("Partner user ID")).toHaveValue("");
  expect(
    screen.queryByText("Your unsaved changes are here again: Partner user ID, Name, Region, Time zone."),
  ).toBeNull();
});

test("what was typed before the form had a field is here again, and that field is as in an empty form", async () => {
  sessionStorage.setItem(
    "trendline-draft-onboarding",
    JSON.stringify({ owner: "clinician-1", value: { name: "Old", region: "DE" } }),
  );
  await open();
  expect(screen.getByText("Your unsaved changes are here again: Name, Region.")).toBeVisible();
  await send();
  expect(field("Time zone")).toHaveAccessibleDescription(/Please fill this in/);
  expect(field("Name")).toHaveValue("Old");
});

test("what is wrong is said by field, in words, and nothing is sent", async () => {
  await open();
  await userEvent.click(field("Partner user ID"));
  await userEvent.paste("x".repeat(65));
  await userEvent.tab();
  expect(screen.getByText("This is too long: 65 characters where 64 fit.")).toBeVisible();
  await send();
  expect(field("Partner user ID")).toHaveFocus();
  expect(field("Name")).toBeInvalid();
  await userEvent.type(field("Name"), "Li Na");
  expect(field("Name")).toBeValid();
});

test("a failure is said and everything typed stays, also through a reload", async () => {
  server.use(http.post("*/api/patients", () => failing({ code: "platform-unreachable" })));
  await open();
  await fill();
  await send();
  expect(await screen.findByRole("alert")).toHaveTextContent(
    /It is not known whether the patient was registered.*The glucose platform cannot be reached.*Register again/,
  );
  expect(field("Partner user ID")).toHaveValue("clinic-0002");
  expect(field("Name")).toHaveValue("Li Na");
  expect(sessionStorage.getItem("trendline-draft-onboarding")).toContain("Li Na");
});

test("a refusal is one of registering, not of reading", async () => {
  server.use(http.post("*/api/patients", () => failing({ code: "platform-refused" })));
  await open();
  await fill();
  await send();
  expect(await screen.findByRole("alert")).toHaveTextContent(
    /The patient was not registered.*does not let this account register the patient/,
  );
});

test("what the server finds wrong stands at its field until the field is changed", async () => {
  server.use(
    http.post("*/api/patients", () =>
      failing({ status: 400, code: "invalid-request", fields: [{ field: "name", reason: "characters" }] }),
    ),
  );
  await open();
  await fill();
  await send();
  await waitFor(() => expect(field("Name")).toBeInvalid());
  expect(field("Name")).toHaveFocus();
  await userEvent.type(field("Name"), "a");
  expect(field("Name")).toBeValid();
});

test("a draft is its author's only", async () => {
  sessionStorage.setItem(
    "trendline-draft-onboarding",
    JSON.stringify({ owner: "someone-else", value: { partnerUid: "secret" } }),
  );
  await open();
  expect(field("Partner user ID")).toHaveValue("");
});

test("sending twice registers once", async () => {
  let answer: (response: Response) => void = () => {};
  const calls = vi.fn();
  server.use(
    http.post("*/api/patients", () => {
      calls();
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    }),
  );
  const { router } = await open();
  await fill();
  await userEvent.type(field("Name"), "{Enter}{Enter}");
  await waitFor(() => expect(calls).toHaveBeenCalled());
  await userEvent.type(field("Name"), "{Enter}");
  answer(HttpResponse.json(buildPatient(), { status: 201 }));
  await screen.findByRole("heading", { name: "The patient" });
  expect(calls).toHaveBeenCalledOnce();
  expect(router.state.location).toMatchObject({ pathname: "/patients/p1", state: null });
});

test("who types the next patient while the one before is still on its way loses nothing and stays", async () => {
  const { promise, resolve: answer } = Promise.withResolvers<Response>();
  server.use(
    http.post("*/api/patients", () => promise),
    listOf(),
    facetsOf(),
  );
  const app = await open();
  await fill();
  await send();
  await waitFor(() => expect(app.queryClient.isMutating()).toBe(1));
  await app.router.navigate("/patients");
  await screen.findByRole("heading", { name: "Patients" });
  await app.router.navigate("/patients/new");
  await userEvent.click(await screen.findByRole("button", { name: "Discard" }));
  await userEvent.type(field("Partner user ID"), "clinic-0003");
  answer(HttpResponse.json(buildPatient(), { status: 201 }));
  await settled(app);
  expect(field("Partner user ID")).toHaveValue("clinic-0003");
  expect(sessionStorage.getItem("trendline-draft-onboarding")).toContain("clinic-0003");
});

test("who types the next patient over the one that is on its way stays, and that draft is kept", async () => {
  const { promise, resolve: answer } = Promise.withResolvers<Response>();
  server.use(
    http.post("*/api/patients", () => promise),
    listOf(),
    facetsOf(),
  );
  const app = await open();
  await fill();
  await send();
  await waitFor(() => expect(app.queryClient.isMutating()).toBe(1));
  await userEvent.clear(field("Partner user ID"));
  await userEvent.type(field("Partner user ID"), "clinic-0003");
  answer(HttpResponse.json(buildPatient(), { status: 201 }));
  await settled(app);
  expect(app.router.state.location.pathname).toBe("/patients/new");
  expect(field("Partner user ID")).toHaveValue("clinic-0003");
  expect(sessionStorage.getItem("trendline-draft-onboarding")).toContain("clinic-0003");
});

test("who has gone to another patient while a registration was on its way is not taken away from there", async () => {
  const { promise, resolve: answer } = Promise.withResolvers<Response>();
  server.use(
    http.post("*/api/patients", () => promise),
    listOf(),
    facetsOf(),
  );
  const app = await open();
  await fill();
  await send();
  await waitFor(() => expect(app.queryClient.isMutating()).toBe(1));
  await app.router.navigate("/patients/somebody-else");
  await screen.findByRole("heading", { name: "The patient" });
  answer(HttpResponse.json(buildPatient(), { status: 201 }));
  await settled(app);
  expect(app.router.state.location.pathname).toBe("/patients/somebody-else");
  expect(sessionStorage.getItem("trendline-draft-onboarding")).toBeNull();
});

test("an ID already here leads to that patient and says that nothing was changed", async () => {
  server.use(
    http.post("*/api/patients", () => HttpResponse.json(buildPatient({ id: "p9" }), { status: 200 })),
  );
  const { router } = await open();
  await fill();
  await userEvent.type(field("Phone"), "138 0013 8000");
  await send();
  await screen.findByRole("heading", { name: "The patient" });
  expect(router.state.location).toMatchObject({
    pathname: "/patients/p9",
    // What identifies beyond the name is not kept in the browser's history.
    state: {
      typedForExisting: { name: "Li Na", region: "CN", timeZone: "Asia/Shanghai", notKept: ["phone"] },
    },
  });
  expect(JSON.stringify(router.state.location)).not.toContain("8000");
  expect(sessionStorage.getItem("trendline-draft-onboarding")).toBeNull();
});

test("an error sends one to the region without a list over what it says", async () => {
  await open();
  await userEvent.type(field("Partner user ID"), "clinic-0100");
  await userEvent.type(field("Name"), "Anna");
  await userEvent.click(screen.getByRole("button", { name: "Register patient" }));
  const region = field("Region");
  expect(region).toHaveFocus();
  expect(region).toHaveAttribute("aria-expanded", "false");
  await userEvent.keyboard("swe");
  expect(region).toHaveAttribute("aria-expanded", "true");
});

const namesake = {
  id: "p7",
  name: "Li Na",
  partnerUid: "clinic-0044",
  dateOfBirth: "1980-04-03",
  same: "name-and-birth",
};

test("who is likely here already is named, and whoever knows better registers all the same", async () => {
  const asked = vi.fn();
  const sent = vi.fn();
  server.use(
    http.post("*/api/patients/duplicates", async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ patients: [namesake] });
    }),
    http.post("*/api/patients", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(buildPatient(), { status: 201 });
    }),
  );
  const app = await open();
  await fill();
  expect(asked).not.toHaveBeenCalled();
  await userEvent.type(field("Date of birth"), "3.4.1980");
  expect(field("Date of birth")).toHaveAccessibleDescription(/^3 Apr 1980 \(\d+ years\)/);
  const likely = await screen.findByText(/Perhaps the same person is here already/);
  expect(likely).toHaveTextContent("Li Na (clinic-0044, born 3 Apr 1980): same name and date of birth.");
  expect(likely).toHaveTextContent("If it is somebody else, register again.");
  await send();
  await screen.findByRole("heading", { name: "The patient" });
  await settled(app);
  expect(asked).toHaveBeenCalledWith({
    id: null,
    name: "Li Na",
    dateOfBirth: "3.4.1980",
    hospitalNumber: "",
    phone: "",
  });
  expect(sent.mock.calls).toMatchObject([[{ name: "Li Na", dateOfBirth: "3.4.1980" }]]);
  expect(sent.mock.calls[0]?.[0]).not.toHaveProperty("phone");
});

test("who registers before the warning is there is told of it first", async () => {
  const sent = vi.fn();
  server.use(
    http.post("*/api/patients/duplicates", () => HttpResponse.json({ patients: [namesake] })),
    http.post("*/api/patients", () => sent()),
  );
  const app = await open();
  await fill();
  await userEvent.click(screen.getByRole("button", { name: "Register patient" }));
  const yes = await screen.findByRole("button", { name: "Yes, register" });
  await userEvent.click(field("Hospital number"));
  await userEvent.paste("ZY 1");
  await userEvent.click(yes);
  expect(await screen.findByText(/Perhaps the same person is here already/)).toBeVisible();
  await settled(app);
  expect(sent).not.toHaveBeenCalled();
});

test.each([
  ["03/04/1980", /Day or month first\? Write the year first: 1980-04-03\./],
  ["30.2.1980", /no date that we can read, or none that exists/],
  ["2999-01-01", /in the future/],
  ["1880-01-01", /more than 130 years ago/],
])("a date of birth written %s is refused with what to write", async (typed, words) => {
  await open();
  await userEvent.type(field("Date of birth"), typed);
  await userEvent.tab();
  expect(field("Date of birth")).toHaveAccessibleDescription(words);
});

test("a phone number of other characters is refused, and an empty field is not", async () => {
  await open();
  await userEvent.type(field("Phone"), "wife");
  await userEvent.tab();
  expect(field("Phone")).toHaveAccessibleDescription(/Digits, spaces and \+ - \( \) only/);
  await userEvent.clear(field("Phone"));
  expect(field("Phone")).not.toHaveAccessibleDescription(/Digits/);
});
