import type { AuthContext } from "better-auth";
import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
import type { SignedIn } from "./sessions.ts";

export interface AccountContext {
  internalAdapter: Pick<AuthContext["internalAdapter"], "findCredentialAccount">;
  adapter: Pick<AuthContext["adapter"], "findMany">;
}

/** Changes of how one account signs in are made one at a time. */
export const lockOf = (userId: string): string => `account ${userId}`;

const changedMeanwhile = () =>
  new Failure("changed-meanwhile", {
    detail: "The password or the second factor was changed in this moment. Nothing else was; begin again.",
  });

/** The password and the second factor of an account as they are stored now. */
async function credentialsOf({ internalAdapter, adapter }: AccountContext, userId: string) {
  const [user] = await adapter.findMany<{ twoFactorEnabled: boolean | null }>({
    model: "user",
    where: [{ field: "id", value: userId }],
  });
  const credential = await internalAdapter.findCredentialAccount(userId);
  const factors = await adapter.findMany({
    model: "twoFactor",
    where: [{ field: "userId", value: userId }],
  });
  return {
    hasFactor: user?.twoFactorEnabled === true,
    all: JSON.stringify([user?.twoFactorEnabled, credential?.password, factors]),
  };
}

/** Runs one change of an account at a time; a second one that began beside it is refused. */
export type RunAlone = <T>(user: SignedIn["user"], act: () => Promise<T>) => Promise<T>;

export const createRunAlone =
  (context: Promise<AccountContext>, withLock: WithLock): RunAlone =>
  async ({ id, twoFactorEnabled }, act) => {
    const before = await credentialsOf(await context, id);
    // The session was read a moment before.
    if (before.hasFactor !== (twoFactorEnabled === true)) throw changedMeanwhile();
    return withLock(lockOf(id), async () => {
      if ((await credentialsOf(await context, id)).all !== before.all) throw changedMeanwhile();
      return act();
    });
  };
