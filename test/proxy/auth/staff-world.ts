import { enrolment } from "#contract/account.ts";
import { totpOf } from "#test/support/totp.ts";
import { createWorld, json, type World, type WorldOptions } from "#test/support/world.ts";

export const admin = { email: "admin@clinic.example", password: "a very long secret" };

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(";")[0])
    .join("; ");

/** A world on a real platform with one administrator, and the calls of a browser in it. */
export async function createStaffWorld(options: WorldOptions = {}) {
  const world = await createWorld({ sandboxMode: false, firstAdministrator: admin, ...options });
  const post = async (path: string, body: object, cookie = "", method = "POST") => {
    const answer = await world.request(path, { ...json(body), method, cookie });
    return { answer, status: answer.status, cookie: cookieOf(answer) };
  };
  const signIn = (password = admin.password, email = admin.email) =>
    post("/api/auth/sign-in/email", { email, password });
  const code = (typed: string, cookie: string) =>
    post("/api/auth/two-factor/verify-totp", { code: typed }, cookie);

  /** Turns the second factor on; answers with its secret, its recovery codes and the session's new cookie. */
  const enrol = async (cookie: string, password = admin.password) => {
    const begun = await post("/api/account/second-factor", { password }, cookie);
    const made = enrolment.parse(await begun.answer.json());
    const typed = totpOf(made.secret).replace(/(...)/, "$1 ");
    const confirmed = await post("/api/account/second-factor/confirm", { code: typed }, cookie);
    if (confirmed.status !== 200) throw new Error(`not confirmed: ${await confirmed.answer.text()}`);
    return { ...made, cookie: confirmed.cookie };
  };
  return { ...world, signInAs: world.signIn, post, signIn, code, enrol, audited: () => auditOf(world) };
}

/** The audit trail as "action outcome", in order. */
async function auditOf(world: World): Promise<string[]> {
  const rows = await world.database.db
    .selectFrom("audit")
    .select(["action", "outcome"])
    .orderBy("seq")
    .execute();
  return rows.map(({ action, outcome }) => `${action} ${outcome}`);
}
