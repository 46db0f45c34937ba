import type { AuthContext } from "better-auth";
import { type StaffAccount, type StaffMember, session } from "#contract/staff.ts";
import type { StaffStore } from "../store/staff.ts";
import { oidcProviderId } from "./single-sign-on.ts";

const listedAtOnce = 1000;

/** What plugins keep with a person, as far as the list of staff shows it. */
interface Kept {
  id: string;
  banned?: unknown;
  twoFactorEnabled?: unknown;
  lastSignInAt?: unknown;
}

const toAccount = (
  member: StaffMember,
  { banned, twoFactorEnabled, lastSignInAt }: Kept,
  methods: string[],
): StaffAccount => ({
  ...member,
  active: !banned,
  hasPassword: methods.includes("credential"),
  hasSingleSignOn: methods.includes(oidcProviderId),
  secondFactor: twoFactorEnabled === true,
  lastSignInMs: lastSignInAt instanceof Date ? lastSignInAt.getTime() : null,
});

/** None where the record has no role that is known here. */
export function toMember(user: { id: string; name: string; email: string; role?: unknown }): StaffMember[] {
  const parsed = session.safeParse({ user });
  return parsed.success && parsed.data ? [parsed.data.user] : [];
}

/** All colleagues by name, with how each signs in. */
export async function listStaff(
  { internalAdapter }: Pick<AuthContext, "internalAdapter">,
  staff: Pick<StaffStore, "signInMethods">,
): Promise<StaffAccount[]> {
  const listPart = (offset: number) =>
    internalAdapter.listUsers(listedAtOnce, offset, { field: "name", direction: "asc" });
  const users = await listPart(0);
  while (users.length > 0 && users.length % listedAtOnce === 0) {
    const more = await listPart(users.length);
    if (more.length === 0) break;
    users.push(...more);
  }
  const methods = await staff.signInMethods();
  return users.flatMap((user) =>
    toMember(user).map((member) => toAccount(member, user, methods.get(member.id) ?? [])),
  );
}
