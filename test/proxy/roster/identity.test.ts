import { expect, test } from "vitest";
import { likelyDuplicates, type NewPatient } from "#contract/patient-change.ts";
import { rosterPage } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { createWorld, json } from "#test/support/world.ts";

const place = { region: "CN", timeZone: "Asia/Shanghai" };

/** A clinic of these people, whose partner user IDs are u1, u2 and so on. */
async function clinic(...people: (Partial<NewPatient> & { name: string })[]) {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const ids: string[] = [];
  for (const [i, person] of people.entries()) {
    const { patient } = await world.proxy.registerPatient({ ...place, partnerUid: `u${i + 1}`, ...person });
    ids.push(patient.id);
  }
  const send = (method: string, path: string, body: object) =>
    world.request(`/api/patients${path && `/${path}`}`, { ...json(body), method, cookie });
  const search = async (query: Partial<RosterQuery> = {}) =>
    rosterPage.parse(await (await send("POST", "search", query)).json()).rows;
  return {
    ...world,
    ids,
    send,
    search,
    found: async (q: string) => (await search({ q })).map(({ partnerUid }) => partnerUid),
    duplicates: async (person: object) =>
      likelyDuplicates
        .parse(await (await send("POST", "duplicates", person)).json())
        .patients.map(({ partnerUid, same }) => `${partnerUid} ${same}`),
  };
}

const anna = {
  name: "Anna Berg",
  dateOfBirth: "1980-04-03",
  hospitalNumber: "ZY 0017/3",
  phone: "+86 138 0013 8000",
};

test("a hospital number is found by its beginning, a birth by its date and a phone by its last digits", async () => {
  const { found } = await clinic(anna, {
    name: "Bo",
    dateOfBirth: "1980-03-04",
    hospitalNumber: "17",
    phone: "8000 1",
  });
  for (const q of ["zy", "ZY 0017", "zy0017", "zy0017/3", "anna zy"])
    expect(await found(q), q).toEqual(["u1"]);
  for (const q of ["1980-04-03", "3.4.1980", "1980年4月3日", "19800403", "3 Apr 1980", "anna 1980-04-03"])
    expect(await found(q), q).toEqual(["u1"]);
  // Eight digits do not say which of two is the day.
  for (const q of ["03041980", "04031980"]) expect((await found(q)).toSorted(), q).toEqual(["u1", "u2"]);
  expect(await found("anna 03041980")).toEqual(["u1"]);
  for (const q of ["03/04/1980", "3/4/1980", "4-3-1980", "1980"])
    expect((await found(q)).toSorted(), q).toEqual(["u1", "u2"]);
  expect(await found("anna 04/03/1980")).toEqual(["u1"]);
  expect(await found("04131980")).toEqual([]);
  for (const q of [
    "8000",
    "138 0013 8000",
    "13800138000",
    "+86 138 0013 8000",
    "berg 8000",
    "0138 0013 8000",
    "0086 138 0013 8000",
  ])
    expect(await found(q), q).toEqual(["u1"]);
  // Nobody's: a date of another day, three digits and the beginning of a phone number.
  for (const q of [
    "05/04/1980",
    "1980-04-04",
    "000",
    "1380013",
    "86138",
    "0013800",
    "+46 138 0013 8000",
    "bo 1980-04-03",
  ])
    expect(await found(q), q).toEqual([]);
});

test("half a date of birth finds whoever was born in that month, or on that day of any year", async () => {
  const { found, send, ids } = await clinic(
    { name: "Anna Berg", dateOfBirth: "1980-03-14" },
    { name: "Bo", dateOfBirth: "1980-03-02" },
    { name: "Cy", dateOfBirth: "1975-03-14" },
    { name: "Di", dateOfBirth: "1980-11-03" },
    { name: "March" },
  );
  const all = async (...texts: string[]) =>
    Object.fromEntries(await Promise.all(texts.map(async (q) => [q, (await found(q)).toSorted()])));
  const each = (texts: string[], uids: string[]) => Object.fromEntries(texts.map((q) => [q, uids]));
  const month = ["1980-03", "1980-3", "1980/03", "1980.3", "1980年3月", "1980-03-", "03/1980", "3.1980"];
  const words = ["March 1980", "Mar. 1980", "１９８０－０３"];
  expect(await all(...month, ...words)).toEqual(each([...month, ...words], ["u1", "u2"]));
  const day = [
    "14.03.",
    "14.3.",
    "14.03",
    "14. 3.",
    "14/03",
    "03/14",
    "3月14日",
    "14 March",
    "Mar 14",
    "14th Mar",
  ];
  expect(await all(...day)).toEqual(each(day, ["u1", "u3"]));
  const dayAndYear = ["14.03.198", "14.3.19 ann", "03/14/198", "1980-03-1", "anna 1980-03", "berg 14.03."];
  expect(await all(...dayAndYear)).toEqual(each(dayAndYear, ["u1"]));
  const begun = ["1980-1", "1980年1"];
  expect(await all(...begun)).toEqual(each(begun, ["u4"]));
  expect((await found("1980-0")).toSorted()).toEqual(["u1", "u2"]);
  const either = ["03/02", "2/3", "2/3/19"];
  expect(await all(...either)).toEqual(each(either, ["u2"]));
  expect(await all("1980", "1975", "bo 1980")).toEqual({
    "1980": ["u1", "u2", "u4"],
    "1975": ["u3"],
    "bo 1980": ["u2"],
  });
  // No month or day, of another, and of no year here.
  const nobodys = ["1980-13", "32.03.", "14.13.", "04/02", "1981-03", "15.03.", "bo 14.03.", "1981"];
  expect(await all(...nobodys)).toEqual(each(nobodys, []));
  await send("PATCH", ids[0] ?? "", { dateOfBirth: "1990-01-01" });
  expect(await all("1980-03", "14.03.", "1990-01")).toEqual({
    "1980-03": ["u2"],
    "14.03.": ["u3"],
    "1990-01": ["u1"],
  });
});

test("likely the same are two spellings of one name: umlauts, accents, pinyin, spaces, the order of its words", async () => {
  const dateOfBirth = "1972-09-01";
  const { duplicates, send, ids } = await clinic(
    ...["Anna Schröder", "José Núñez", "李志强", "欧阳文忠", "吕伟", "Li Zhiqiang"].map((name) => ({
      name,
      dateOfBirth,
    })),
  );
  const same = async (name: string, date = dateOfBirth) =>
    (await duplicates({ name, dateOfBirth: date })).map((found) => found.split(" ")[0]);
  for (const name of ["Anna Schroeder", "schroder anna", "SCHRÖDER, Anna", "AnnaSchroeder"])
    expect(await same(name), name).toEqual(["u1"]);
  expect(await same("Nunez Jose")).toEqual(["u2"]);
  for (const name of ["Li Zhiqiang", "Zhi-Qiang Li", "li zhi qiang", "LiZhiQiang"])
    expect((await same(name)).toSorted(), name).toEqual(["u3", "u6"]);
  for (const name of ["Ouyang Wenzhong", "Wenzhong Ouyang"]) expect(await same(name), name).toEqual(["u4"]);
  for (const name of ["Lü Wei", "Wei Lyu", "LV WEI"]) expect(await same(name), name).toEqual(["u5"]);
  expect((await same("李志强")).toSorted()).toEqual(["u3", "u6"]);
  // Perhaps, and told as that: other characters that sound so, a letter off, a second name.
  expect((await duplicates({ name: "李志墙", dateOfBirth })).toSorted()).toEqual([
    "u3 similar-name-and-birth",
    "u6 name-and-birth",
  ]);
  for (const name of ["Anna Schroder-Berg", "Anne Schröder", "A. Schröder"])
    expect(await duplicates({ name, dateOfBirth }), name).toEqual(["u1 similar-name-and-birth"]);
  for (const name of ["Li Qiang", "Anna Schneider", "Bea Schröder", "Anna"])
    expect(await same(name), name).toEqual([]);
  expect(await same("Anna Schroeder", "1975-10-12")).toEqual([]);
  await send("PATCH", ids[0] ?? "", { name: "Anna Berg" });
  expect(await same("Anna Schroeder")).toEqual([]);
  expect(await same("berg anna")).toEqual(["u1"]);
});

test("of one name with a date mistyped or missing it is asked whether they are the same", async () => {
  const { duplicates, send, ids } = await clinic(
    { name: "Anna Schröder", dateOfBirth: "1980-04-03" },
    { name: "李志强", dateOfBirth: "1972-09-01" },
    { name: "Bea Lund" },
  );
  const asked = (name: string, dateOfBirth: string | null = null) =>
    duplicates({ name, ...(dateOfBirth && { dateOfBirth }) });
  for (const name of ["Anna Schröder", "Schröder, Anna", "Frau Dr. Anna Schroder", "Schroeder Anna"])
    for (const birth of ["1980-03-04", "1980-04-08", "1990-04-03"])
      expect(await asked(name, birth), name).toEqual(["u1 name-and-near-birth"]);
  for (const name of ["李志强", "Li Zhiqiang", "Zhiqiang Li"])
    for (const birth of ["1972-09-07", "1972-01-09"])
      expect(await asked(name, birth), name).toEqual(["u2 name-and-near-birth"]);
  // In pinyin it is many people's.
  expect(await asked("Li Zhiqiang")).toEqual([]);
  expect(await asked("anna schröder")).toEqual(["u1 name-without-birth"]);
  expect(await asked("Bea Lund", "1980-04-03")).toEqual(["u3 name-without-birth"]);
  expect(await asked("Bea Lund")).toEqual(["u3 name-without-birth"]);
  expect(await asked("李志强")).toEqual(["u2 name-without-birth"]);
  for (const [name, birth] of [
    ["Anna Schröder", "1975-11-20"],
    ["Anna Schneider", "1980-04-08"],
    ["李志墙", "1972-09-07"],
    ["Anna", null],
    ["Bea", "1980-04-03"],
    ["", null],
  ] as const)
    expect(await asked(name, birth), name).toEqual([]);
  await send("PATCH", ids[0] ?? "", { dateOfBirth: "1955-12-24" });
  expect(await asked("Anna Schröder", "1980-04-08")).toEqual([]);
});

test("what tells a person is found as it is now", async () => {
  const { found, send, ids, duplicates } = await clinic(anna);
  expect(await found("zy")).toEqual(["u1"]);
  const change = { dateOfBirth: "1990-01-01", hospitalNumber: "B 9", phone: null };
  expect((await send("PATCH", ids[0] ?? "", change)).status).toBe(200);
  for (const q of ["zy", "1980-04-03", "8000"]) expect(await found(q), q).toEqual([]);
  for (const q of ["b9", "1.1.1990"]) expect(await found(q), q).toEqual(["u1"]);
  expect(await duplicates({ hospitalNumber: "ZY 0017/3" })).toEqual([]);
  expect(await duplicates({ hospitalNumber: "b-9" })).toEqual(["u1 hospital-number"]);
});

test("likely the same are who share a hospital number, or with a date of birth a name or a phone", async () => {
  const { duplicates, ids } = await clinic(anna, { name: "Anna Berg", dateOfBirth: "1975-11-20" });
  expect(await duplicates({ hospitalNumber: "zy00173" })).toEqual(["u1 hospital-number"]);
  expect(await duplicates({ name: "berg, ANNA", dateOfBirth: "3.4.1980" })).toEqual(["u1 name-and-birth"]);
  expect(await duplicates({ phone: "0138 0013 8000", dateOfBirth: "1980-04-03" })).toEqual([
    "u1 phone-and-birth",
  ]);
  // Once each, whatever they share; and never the record itself.
  expect(await duplicates(anna)).toEqual(["u1 hospital-number"]);
  expect(await duplicates({ ...anna, id: ids[0] })).toEqual([]);
  for (const somebody of [
    { phone: "138 0013 8000" },
    { name: "Anna", dateOfBirth: "1980-04-03" },
    { name: "Anna Berg", dateOfBirth: "1991-04-05", hospitalNumber: "ZY" },
  ])
    expect(await duplicates(somebody), JSON.stringify(somebody)).toEqual([]);
});

test("of two of one name the list says so, and no more once they are one", async () => {
  const { search, send, ids, duplicates, found } = await clinic(
    anna,
    { name: "Anna Berg", hospitalNumber: "B 9" },
    { name: "Bo" },
  );
  const namesakes = async () => (await search()).map(({ name, hasNamesake }) => `${name} ${hasNamesake}`);
  expect(await namesakes()).toEqual(["Anna Berg true", "Anna Berg true", "Bo false"]);
  expect((await send("PUT", `${ids[1]}/merged-into`, { into: ids[0] })).status).toBe(200);
  expect(await namesakes()).toEqual(["Anna Berg false", "Bo false"]);
  // The whole keeps what it says of the person; by the part's number it is found, and likely the same.
  const [whole] = await search({ q: "b9" });
  expect(whole).toMatchObject({ partnerUid: "u1", hospitalNumber: "ZY 0017/3", dateOfBirth: "1980-04-03" });
  expect(await duplicates({ hospitalNumber: "B 9" })).toEqual(["u1 hospital-number"]);
  expect(await duplicates({ hospitalNumber: "B 9", id: ids[0] })).toEqual([]);
  await send("PUT", `${ids[1]}/merged-into`, { into: null });
  expect(await found("b9")).toEqual(["u2"]);
  await send("PATCH", ids[1] ?? "", { name: "Anna Bergh" });
  expect(await namesakes()).toEqual(["Anna Berg false", "Anna Bergh false", "Bo false"]);
});

test("neither trail nor log has a phone number, a date of birth or a hospital number", async () => {
  const { send, duplicates, found, database, logLines } = await clinic({ name: "Anna Berg" });
  const answer = await send("POST", "", { ...place, partnerUid: "u9", ...anna, therapy: "pump" });
  const { id } = (await answer.json()) as { id: string };
  await send("PATCH", id, { phone: "139 0000 4711", dateOfBirth: "1980-04-05", therapy: "basal" });
  await duplicates({ ...anna, phone: "139 0000 4711" });
  await found("139 0000 4711");
  await send("PATCH", id, { phone: "nobody's 4711" });
  const rows = await database.db.selectFrom("audit").selectAll().execute();
  const written = JSON.stringify(rows) + logLines.join("");
  // As typed and as kept; four digits alone stand in some hash by chance.
  const secrets = [
    "0000 4711",
    "00004711",
    "nobody's 4711",
    "0013 8000",
    "00138000",
    "1980-04",
    "ZY 0017",
    "ZY0017",
  ];
  for (const secret of secrets) expect(written).not.toContain(secret);
  expect(written).toContain("dateOfBirth therapy phone");
  expect(written).toContain("basal");
});

test("what is not known may be left out, be empty of value or be taken away again", async () => {
  const { send } = await clinic();
  const registered = await send("POST", "", { ...place, partnerUid: "u9", name: "Bo", phone: null });
  expect(registered.status).toBe(201);
  const bo = (await registered.json()) as { id: string };
  expect(bo).toMatchObject({ dateOfBirth: null, hospitalNumber: null, diabetesType: null, phone: null });
  const reasonsOf = async (change: object) =>
    ((await (await send("PATCH", bo.id, change)).json()) as { fields: { field: string; reason: string }[] })
      .fields;
  expect(await reasonsOf({ dateOfBirth: "1980-02-30" })).toEqual([
    { field: "dateOfBirth", reason: "date-of-birth" },
  ]);
  expect(await reasonsOf({ phone: "12" })).toEqual([{ field: "phone", reason: "phone" }]);
  expect(await reasonsOf({ hospitalNumber: "9".repeat(65) })).toEqual([
    { field: "hospitalNumber", reason: "too-long" },
  ]);
  expect((await send("PATCH", bo.id, { dateOfBirth: "3.4.1980" })).status).toBe(200);
  const emptied = await send("PATCH", bo.id, { dateOfBirth: null, from: { dateOfBirth: "1980-04-03" } });
  expect(await emptied.json()).toMatchObject({ dateOfBirth: null });
});
