import type { AuthContext } from "better-auth";
import { parseEnvelope, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";

interface SecondFactor extends Record<string, unknown> {
  id: string;
  secret: string;
  backupCodes: string;
}

type SecretConfig = Exclude<AuthContext["secretConfig"], string>;

/** What is needed of better-auth's context, whatever it is configured with. */
interface Context extends Pick<AuthContext, "secretConfig" | "tables"> {
  adapter: Pick<AuthContext["adapter"], "findMany" | "updateMany">;
}

const opensWith = (key: SecretConfig, text: string) =>
  key.keys.has(parseEnvelope(text)?.version ?? Number.NaN);

/** Whether a configured secret decrypts this colleague's second factor; true where there is none. */
export async function isSecondFactorReadable(context: Context, staffId: string): Promise<boolean> {
  const { adapter, secretConfig: key } = context;
  if (typeof key === "string") return true;
  const where = [{ field: "userId", value: staffId }];
  const rows = await adapter.findMany<SecondFactor>({ model: "twoFactor", where });
  return rows.every(({ secret, backupCodes }) => opensWith(key, secret) && opensWith(key, backupCodes));
}

const rowsPerPart = 100;

/** How many were encrypted anew, and how many no secret of ours opens. */
export interface Resealed {
  resealed: number;
  unreadable: number;
}

/** Encrypts the second factors anew that better-auth encrypted with a previous secret. */
export async function resealSecondFactors(context: Context): Promise<Resealed> {
  const { adapter, secretConfig: key, tables } = context;
  if (!("twoFactor" in tables) || typeof key === "string") return { resealed: 0, unreadable: 0 };
  const isCurrent = (text: string) => parseEnvelope(text)?.version === key.currentVersion;
  const anew = async (data: string) => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) });
  const count: Resealed = { resealed: 0, unreadable: 0 };
  for (let offset = 0; ; offset += rowsPerPart) {
    const rows = await adapter.findMany<SecondFactor>({
      model: "twoFactor",
      sortBy: { field: "id", direction: "asc" },
      limit: rowsPerPart,
      offset,
    });
    for (const { id, secret, backupCodes } of rows) {
      if (isCurrent(secret) && isCurrent(backupCodes)) continue;
      if (!opensWith(key, secret) || !opensWith(key, backupCodes)) {
        count.unreadable += 1;
        continue;
      }
      // One that its owner has changed meanwhile, by using up a recovery
      // code for instance, stays as it is now.
      const where = [
        { field: "id", value: id },
        { field: "secret", value: secret },
        { field: "backupCodes", value: backupCodes },
      ];
      const update = { secret: await anew(secret), backupCodes: await anew(backupCodes) };
      count.resealed += await adapter.updateMany({ model: "twoFactor", where, update });
    }
    if (rows.length < rowsPerPart) return count;
  }
}
