import { expect, test, vi } from "vitest";
import { createRefuseGuessable } from "#proxy/auth/guessable.ts";

// Its dictionaries are a third of a second's work: only the thread beside this one,
// which no mock reaches, may load them.
vi.mock("@zxcvbn-ts/core", () => {
  throw new Error("loaded by the thread that answers everybody");
});

const refuse = createRefuseGuessable(["trendline.stmary-hospital.example", "St Mary account"]);
const noor = { name: "Noor Haddad", email: "n.haddad@stmary-hospital.example" };
const reasonOf = (password: string) =>
  refuse("password", password, noor).then(
    () => null,
    ({ details }) => details.fields[0].reason,
  );

test.each([
  "password1234567",
  "Password1234567",
  "p@ssw0rd123456",
  "PASSWORD12345678",
  "passwordpassword",
  "drowssap1234567",
  "qwertyuiop1234567",
  "1qaz2wsx3edc4rfv",
  "123456789qwertyui",
  "iloveyou1234567",
  "Winter2026!!!!",
  "woaini1314520",
  "unbelievable",
  "justinbieber",
  "Mailcreated5240",
  "qazwsxedcrfvtgb",
  "1223334444555556",
])("one of the commonest, or made of them, is refused: %s", async (password) => {
  expect(await reasonOf(password)).toBe("too-common");
});

test.each([
  "Trendline2026!",
  "trendlinetrendline",
  "StMary-Hospital-1",
  "stmaryhospital2026",
  "Hospital12345!",
  "GlucoseSensor1",
  "noorhaddad2026",
  "Haddad-Noor-123",
  "DiabetesClinic24",
])("what is made of the clinic's own words or one's own name is refused: %s", async (password) => {
  expect(await reasonOf(password)).toBe("too-common");
});

test.each([
  "correct horse battery",
  "four quite plain words",
  "a very long secret",
  "xK3v9Qm2pLr8",
  "the hospital cat sleeps",
  "我家的猫在窗台上睡觉晒太阳",
  "zwölf Boxkämpfer jagen Viktor",
])("what nobody tries first is taken: %s", async (password) => {
  expect(await reasonOf(password)).toBeNull();
});

test("a password of the greatest length is looked at in no time", async () => {
  for (const password of ["a".repeat(128), "aB3".repeat(42), "password1".repeat(14), "x7#kQ".repeat(25)]) {
    await reasonOf(password);
    const before = process.cpuUsage();
    await reasonOf(password);
    expect([password, process.cpuUsage(before).user < 300_000]).toEqual([password, true]);
  }
});
