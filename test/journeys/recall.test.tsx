import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { saveFile } from "#client/ui/csv.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

vi.mock("#client/ui/csv.ts", async (original) => ({
  ...(await original<typeof import("#client/ui/csv.ts")>()),
  saveFile: vi.fn(),
}));

const open = serveWorld();

test("from the file of a recall to a patient who has been told, and back", async () => {
  const { user, world, router } = await open("/recalls");
  const clinician = await world.signIn("clinician");
  const found = await world.request("/api/patients/search", { ...json({ q: "王秀英" }), cookie: clinician });
  const { rows } = (await found.json()) as { rows: { id: string }[] };
  const patient = await world.request(`/api/patients/${rows[0]?.id}`, { cookie: clinician });
  const { openId } = (await patient.json()) as { openId: string };
  await createSensorStore(world.database.db, world.now).note([
    {
      serial: "P225043056",
      state: "activated",
      openId,
      boundAtMs: 1,
      activatedAtMs: 2,
      estimatedEndAtMs: null,
      endedAtMs: null,
      partnerId: null,
      askedAtMs: world.now(),
    },
  ]);
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 1, name: "Recalls" });
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error("there is no field for a file");
  await user.upload(
    input,
    new File(["Not affected: P225043057\nserial\nP2250 43056\nX1\nP22504305G"], "lot 7.csv", {
      type: "text/csv",
    }),
  );
  const recalls = () =>
    world.database.db.selectFrom("recall").select("name").where("is_begun", "=", 1).execute();
  const others = await screen.findByRole("group", { name: /^What else the file says\./ });
  expect(
    within(others)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["Line 1: Not affected: P225043057", "Line 4: X1"]);
  expect(within(others).queryByText(/^Not all of it is shown/)).toBeNull();
  expect(
    screen.getByText(
      /^Lines with serial numbers that are taken: 3, 3 of them different. Sensors of ours among them: 1\./,
    ),
  ).toBeVisible();
  await user.click(within(others).getByRole("radio", { name: /^No: all that are taken/ }));
  await user.click(screen.getByRole("button", { name: "Compare with these answers" }));
  expect(
    await screen.findByText(/^lot 7.csv is compared, and no recall is begun yet. 1 patient /),
  ).toBeVisible();
  expect(screen.getByText("Worn at present")).toBeVisible();
  expect(screen.getByText(/^A sensor that never sent anything here and was never looked up/)).toBeVisible();
  expect(screen.getByText("Line 1, not taken: Not affected: P225043057")).toBeVisible();
  expect(screen.getByText("Line 3: P2250 43056, read as P225043056")).toBeVisible();
  expect(await recalls()).toEqual([]);
  const name = screen.getByRole("textbox", { name: "Name of the recall" });
  await user.clear(name);
  await user.type(name, "lot 7");
  await user.click(screen.getByRole("button", { name: "Begin the recall" }));
  expect(await screen.findByRole("heading", { level: 1, name: "lot 7" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Look up the 2 that are not known here" })).toBeVisible();
  expect(await recalls()).toEqual([{ name: "lot 7" }]);
  expect(await screen.findByText(/^Not noted yet/)).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "What wearers are told, in English" }), "Take it off.");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/^Saved: it stands/)).toBeVisible();
  expect(await screen.findByText("0 of 1 patients dealt with")).toBeVisible();
  expect(await screen.findByText("王秀英")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Replaced: 王秀英" }));
  expect(await screen.findByText("1 of 1 patients dealt with · Replaced: 1")).toBeVisible();
  expect(await screen.findByText("Nobody is left to be dealt with.")).toBeVisible();
  // Who is dealt with leaves the list, and can be brought back.
  expect(screen.getByText("Noted: Replaced, 王秀英.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Undo: 王秀英" }));
  expect(await screen.findByText("Taken back: what was noted last of 王秀英.")).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Replaced: 王秀英" }));
  expect(await screen.findByText("1 of 1 patients dealt with · Replaced: 1")).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Show" }), "Everybody");
  expect(await screen.findByText(/^Replaced, Demo support, /)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(screen.getByText("0 of 1 patients dealt with")).toBeVisible());

  const notReached = () => screen.findByRole("button", { name: "Could not be reached: 王秀英" });
  await user.click(await notReached());
  await screen.findByText(/^Could not be reached, Demo support, /);
  await user.click(await notReached());
  await user.click(await screen.findByText("2 tries in all"));
  expect(screen.getAllByText(/^Could not be reached, Demo support, /)).toHaveLength(2);
  for (let undone = 0; undone < 2; undone += 1) {
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(screen.queryAllByText(/^Could not be reached, Demo support, /)).toHaveLength(1 - undone),
    );
  }

  await user.click(screen.getByRole("button", { name: "Save as CSV" }));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());
  const [fileName, text] = vi.mocked(saveFile).mock.lastCall ?? [];
  expect(fileName).toBe("lot 7-contacts.csv");
  expect(text).toMatch(
    /^\ufeffpatient,partner_user_id,phone,archived,where,serials_worn_now,serials_not_started,serials_state_not_known,serials_worn_before,still_to_be_dealt_with,outcome,noted_by,noted_utc,told_before_instruction_changed,tries,each_try\r\n/,
  );
  expect(text).toContain("王秀英,");
  expect(text).toContain(",Worn at present,P225043056,,,,yes,,,,,0,");
  await waitFor(async () => {
    const exports = world.database.db
      .selectFrom("audit")
      .select("subject")
      .where("action", "=", "recall.export");
    expect(await exports.execute()).toHaveLength(1);
  });
  // Who was told is told again where what they are told changes.
  await user.click(await screen.findByRole("button", { name: "Contacted: 王秀英" }));
  expect(await screen.findByText("1 of 1 patients dealt with · Contacted: 1")).toBeVisible();
  world.advance(1000);
  const words = screen.getByRole("textbox", { name: "What wearers are told, in English" });
  await user.type(words, " Call us.");
  const again = screen.getByRole("group", {
    name: "1 patient was told already. Are they to be told again?",
  });
  await user.click(within(again).getByRole("radio", { name: /^Yes: what they should do/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(
    await screen.findByText(
      "0 of 1 patients dealt with · To be told again, as the instruction was changed since: 1",
    ),
  ).toBeVisible();
  expect(
    await screen.findByText("told before the instruction was last changed: tell them again"),
  ).toBeVisible();

  await router.navigate("/devices/P225043056");
  expect(
    await screen.findByText(/\(before what wearers are told was last changed: tell them again\)/),
  ).toBeVisible();
  expect(await screen.findByText("This sensor is recalled")).toBeVisible();
  expect(await screen.findByText("This sensor is recalled. Take it off. Call us.")).toBeVisible();
  expect(await screen.findByText("Tell the caller this")).toBeVisible();
  expect(screen.getByText("Note in the recall that they were told")).toBeVisible();
  await user.click(await screen.findByRole("link", { name: /^lot 7, begun on/ }));
  await user.click(await screen.findByRole("button", { name: "Look their sensors up" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Recall lot 7" })).toBeVisible();
});

test("what is doubtful in the file of a recall is answered before it can begin, and stands with it", async () => {
  const { user, world } = await open("/recalls");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 1, name: "Recalls" });
  const choose = async (text: string) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error("there is no field for a file");
    await user.upload(input, new File([text], "lot 8.csv", { type: "text/csv" }));
  };
  await choose("SN,Affected\nP225043056,yes\nP225043057,no\nSee P225043056\nP225043060 - P225043050,yes");
  const heading = await screen.findByRole("heading", { name: "To be answered before the recall can begin" });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(screen.getByText("Which of these are recalled, by what the column “Affected” says?")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Begin the recall" })).toBeNull();
  expect(
    screen.getByText(
      "Line 5, not taken: P225043060 - P225043050,yes The last serial number is before the first.",
    ),
  ).toBeVisible();
  const no = screen.getByRole("group", { name: "“no”" });
  expect(no).toHaveAccessibleDescription(/^Lines: 1, with 0 sensors of ours/);
  expect(screen.getAllByRole("radio", { checked: false, name: /^(Yes|No|Only)/ })).toHaveLength(8);
  const compare = screen.getByRole("button", { name: "Compare with these answers" });
  await user.click(within(no).getByRole("radio", { name: "Only some of them, or not sure" }));
  expect(screen.getByText(/^With this file no recall can begin\. Make a file of/)).toBeVisible();
  expect(compare).toBeDisabled();
  await user.click(screen.getByRole("radio", { name: "No: all that are taken are recalled, and no others" }));
  await user.click(
    within(screen.getByRole("group", { name: "“yes”" })).getByRole("radio", { name: "Yes, recalled" }),
  );
  await user.click(within(no).getByRole("radio", { name: "No, leave out" }));
  expect(screen.queryByText(/^With this file no recall can begin/)).toBeNull();
  await user.click(compare);
  const result = await screen.findByText(/^lot 8.csv is compared, and no recall is begun yet./);
  await waitFor(() => expect(result).toHaveFocus());
  expect(result).toHaveTextContent(/1 left out by the answers\.$/);
  await user.click(screen.getByRole("button", { name: "Begin the recall" }));
  expect(await screen.findByRole("heading", { level: 1, name: "lot 8.csv" })).toBeVisible();
  expect(
    screen.getByText(
      /^Which of these are recalled, by what the column “Affected” says\? “no”: No, leave out\. Lines: 1/,
    ),
  ).toBeVisible();
  const names = world.database.db.selectFrom("recall").select("name").where("is_begun", "=", 1);
  expect(await names.execute()).toContainEqual({ name: "lot 8.csv" });
});

test("a letter of nothing but sentences is shown and begins no recall", async () => {
  const { user } = await open("/recalls");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 1, name: "Recalls" });
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error("there is no field for a file");
  await user.upload(
    input,
    new File(["Please return P225043056 to us."], "letter.txt", { type: "text/plain" }),
  );
  expect(await screen.findByText(/^letter.txt is compared, and no line of it is taken/)).toBeVisible();
  expect(screen.getAllByText("Line 1, not taken: Please return P225043056 to us.")[0]).toBeVisible();
  expect(screen.queryByRole("button", { name: "Begin the recall" })).toBeNull();
});

test("lots are said to be none of serials, a line in words is asked about, and a name holds no glucose", async () => {
  const { user, world } = await open("/recalls");
  await createSensorStore(world.database.db, world.now).note([
    {
      serial: "P225043056",
      state: "activated",
      openId: null,
      boundAtMs: 1,
      activatedAtMs: 2,
      estimatedEndAtMs: null,
      endedAtMs: null,
      partnerId: null,
      askedAtMs: world.now(),
    },
  ]);
  await world.database.db
    .updateTable("sensor")
    .set({ lot: "TL2601C" })
    .where("serial", "=", "P225043056")
    .execute();
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 1, name: "Recalls" });
  const choose = async (text: string, name: string) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error("there is no field for a file");
    await user.upload(input, new File([text], name, { type: "text/csv" }));
  };
  await choose("Lot,Product,Qty\nTL2601C,Sensor,197", "lots.csv");
  expect(
    await screen.findByText(
      /^This names lots: TL2601C \(1 sensor known here\)\. A recall is compared by serial/,
    ),
  ).toBeVisible();
  expect(screen.queryByRole("button", { name: "Begin the recall" })).toBeNull();

  await choose("Please keep P225043056.", "letter 5.6 mmol.txt");
  const line = await screen.findByRole("group", { name: "Line 1 names P225043056" });
  await user.click(within(line).getByRole("radio", { name: "Yes, recalled" }));
  await user.click(screen.getByRole("button", { name: "Compare with these answers" }));
  const name = await screen.findByRole("textbox", { name: "Name of the recall" });
  expect(name).toHaveAccessibleDescription(/reads like a glucose value/);
  expect(screen.getByRole("button", { name: "Begin the recall" })).toBeDisabled();
  await user.clear(name);
  await user.type(name, "Letter");
  await user.click(screen.getByRole("button", { name: "Begin the recall" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Letter" })).toBeVisible();
});

test("that not all of what a file says is shown is said beside the answers, and what is shown is reached by keyboard", async () => {
  const { user } = await open("/recalls");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 1, name: "Recalls" });
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error("there is no field for a file");
  const long = `${"word ".repeat(250)}cleared by quality`;
  await user.upload(input, new File([`serial\nP225043056\n${long}\n`], "lot 8.csv", { type: "text/csv" }));
  const others = await screen.findByRole("group", { name: /^What else the file says\. Does/ });
  expect(others).toHaveAccessibleDescription(/the right answer is “Yes, or not sure”\.$/);
  const said = within(others).getByRole("group", { name: "What else the file says" });
  said.focus();
  expect(said).toHaveFocus();
  expect(said).toHaveTextContent(/^Line 3: word .*…$/);
});
