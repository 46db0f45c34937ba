import { expect, test } from "vitest";
import { resolvedLines } from "#contract/appointments.ts";
import { createWorld, json } from "#test/support/world.ts";

test("of many who may be meant the likeliest are offered, with how many there are; whoever sends a message comes last", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const families = ["Zorn", "Weber", "Adler", "Bauer", "Carl", "Dorn", "Ernst"];
  const names = [
    "Ninalee Alt",
    ...families.map((family) => `Nina ${family}`),
    ...["Zoe", "Kim", "Anna", "Mia", "Lea", "Eva"].map((given) => `${given} Nowak`),
    "Sofia Ramirez",
  ];
  for (const [index, name] of names.entries()) {
    const person = { region: "DE", timeZone: "Europe/Berlin", partnerUid: `N-50${100 + index}`, name };
    const sent = await world.request("/api/patients", { ...json(person), method: "POST", cookie });
    expect(sent.status).toBe(201);
  }
  const offered = async (line: string) => {
    const request = { ...json({ lines: [line] }), method: "POST", cookie };
    const answer = await world.request("/api/patients/resolve", request);
    const [only] = resolvedLines.parse(await answer.json()).lines;
    return [only?.like.map(({ name }) => name).join(", "), only?.likeCount];
  };
  const ninas = ["Nina Adler, Nina Bauer, Nina Carl", "Nina Dorn, Nina Ernst"];
  expect(await offered("9:00 Nina")).toEqual([ninas.join(", "), 8]);
  expect(await offered("Frau Nowak")).toEqual(["Anna Nowak, Eva Nowak, Kim Nowak, Lea Nowak, Mia Nowak", 6]);
  expect(await offered("Nina Wember")).toEqual(["Nina Weber", 1]);
  for (const line of ["Nina: ok then Sofia at nine", "[29/11/2026, 08:15] Nina: ok then Sofia at nine"])
    expect((await offered(line))[0], line).toMatch(/^Sofia Ramirez, Nina Adler, /);
  await world.close();
});
