import { expect, test } from "vitest";
import { enrolment } from "#contract/account.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { totpOf } from "#test/support/totp.ts";
import { admin, createStaffWorld } from "./staff-world.ts";

/** The administrator in two browsers: at two servers, or at one where a database has no more. */
async function twoBrowsers(open: () => Promise<Database>) {
  const authSecret = "0123456789abcdef0123456789abcdef";
  const start = async () => createStaffWorld({ database: await open(), authSecret, slowPasswords: true });
  const one = await start();
  const other = one.database.kind === "postgres" ? await start() : one;
  const browsers = [one, other].map(async (server) => {
    const { cookie } = await server.signIn();
    return (path: string, body: object, method = "POST") =>
      server.post(`/api/account/${path}`, body, cookie, method);
  });
  const close = async () => {
    await one.close();
    if (other !== one) await other.close();
  };
  return { one, browsers: await Promise.all(browsers), close };
}

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted();

onBothDatabases((open) => {
  test("of two enrolments of one account at once one is begun, and the other is told so", async () => {
    const { one, browsers, close } = await twoBrowsers(open);
    const answers = await Promise.all(
      browsers.map((ask) => ask("second-factor", { password: admin.password })),
    );
    expect(statuses(answers)).toEqual([200, 409]);
    const begun = answers.findIndex(({ status }) => status === 200);
    expect(await answers[1 - begun]?.answer.json()).toMatchObject({
      code: "changed-meanwhile",
      detail: expect.stringContaining("begin again"),
    });
    const rows = await one.database.db
      .selectFrom("twoFactor" as "user")
      .selectAll()
      .execute();
    expect(rows).toHaveLength(1);
    const { secret } = enrolment.parse(await answers[begun]?.answer.json());
    expect((await browsers[begun]?.("second-factor/confirm", { code: totpOf(secret) }))?.status).toBe(200);
    await one.database.db.deleteFrom("twoFactor" as "user").execute();
    await one.database.db
      .updateTable("user")
      .set({ twoFactorEnabled: null } as object)
      .execute();
    await close();
  });

  test("of two changes of one password at once one is made, and the other is told so", async () => {
    const { one, browsers, close } = await twoBrowsers(open);
    const chosen = ["a first long secret", "a second long secret"];
    const answers = await Promise.all(
      browsers.map((ask, i) => ask("password", { password: admin.password, next: chosen[i] }, "PUT")),
    );
    expect(statuses(answers)).toEqual([200, 409]);
    const signedIn = await Promise.all(chosen.map((password) => one.signIn(password)));
    expect(signedIn.map(({ status }) => status)).toEqual(
      answers.map(({ status }) => (status === 200 ? 200 : 401)),
    );
    await close();
  });
});
