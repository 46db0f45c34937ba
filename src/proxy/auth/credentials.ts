import type { AuthContext } from "better-auth";
import type { StaffStore } from "../store/staff.ts";
import type { LockOut } from "./lock-out.ts";

/**
 * Changes how a colleague signs in, for those who may: an administrator, an invitation, the rescue command.
 */
export interface Credentials {
  /** Ends a lock-out as well. */
  setPassword(staffId: string, password: string): Promise<void>;
  endSessions(staffId: string): Promise<void>;
  /** Deletes the recovery codes as well. */
  removeSecondFactor(staffId: string): Promise<void>;
}

export function createCredentials(options: {
  context: Promise<{
    internalAdapter: AuthContext["internalAdapter"];
    adapter: Pick<AuthContext["adapter"], "deleteMany" | "update">;
    password: Pick<AuthContext["password"], "hash">;
  }>;
  staff: Pick<StaffStore, "endChallenges">;
  lockOut: Pick<LockOut, "forgive">;
}): Credentials {
  const { context, staff, lockOut } = options;
  return {
    setPassword: async (userId, password) => {
      const { internalAdapter, password: hasher } = await context;
      const hash = await hasher.hash(password);
      const accounts = await internalAdapter.findAccounts(userId);
      if (accounts.some(({ providerId }) => providerId === "credential"))
        await internalAdapter.updatePassword(userId, hash);
      else
        await internalAdapter.linkAccount({
          userId,
          accountId: userId,
          providerId: "credential",
          password: hash,
        });
      const user = await internalAdapter.findUserById(userId);
      if (user) await lockOut.forgive(user.email);
    },
    endSessions: async (staffId) => {
      const { internalAdapter } = await context;
      await staff.endChallenges(staffId);
      await internalAdapter.deleteUserSessions(staffId);
    },
    removeSecondFactor: async (staffId) => {
      const { adapter } = await context;
      await adapter.deleteMany({ model: "twoFactor", where: [{ field: "userId", value: staffId }] });
      const where = [{ field: "id", value: staffId }];
      await adapter.update({ model: "user", where, update: { twoFactorEnabled: false } });
    },
  };
}
