import type { Role } from "#contract/staff.ts";
import { json, type World } from "#test/support/world.ts";

interface Colleague {
  name: string;
  email: string;
  role: Role;
  password: string;
}

export const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

/** The token of a link, which is what stands behind its #. */
export const tokenOf = (link: string): string => new URL(link).hash.slice(1);

/** A colleague who has come in by an administrator's link; the cookie of their first session. */
export async function addColleague(
  world: Pick<World, "request">,
  administrator: string,
  who: Colleague,
): Promise<string> {
  const { password, ...invited } = who;
  const made = await world.request("/api/invitations", { ...json(invited), cookie: administrator });
  if (made.status !== 201) throw new Error(`no invitation: ${made.status} ${await made.text()}`);
  const { link } = (await made.json()) as { link: string };
  const accepted = await world.request("/api/invitations/accept", json({ token: tokenOf(link), password }));
  if (!accepted.ok) throw new Error(`not accepted: ${accepted.status} ${await accepted.text()}`);
  return cookieOf(accepted);
}
