import type { Role } from "#contract/staff.ts";
import type { AuditEntry } from "./audit/write.ts";
import type { EmbedClaims } from "./auth/embeds.ts";

/** What is known of a request besides itself: handed in beside it, never taken from its headers. */
export interface RequestOrigin {
  requestId: string;
  clientAddress: string;
}

/** What the signed-in person did; it went well unless `outcome` says otherwise. */
interface OwnEntry extends Pick<AuditEntry, "action" | "details"> {
  subject?: string | undefined;
  outcome?: AuditEntry["outcome"];
}

/** Hono's environment of the whole server. */
export interface AppEnv {
  Bindings: RequestOrigin;
  Variables: RequestOrigin & {
    /**
     * Reads a body that did not say how large it is, within its limits, whether a route will want it or not.
     */
    readUnsized?: () => Promise<void>;
    /** What every answer has. */
    commonHeaders: Readonly<Record<string, string>>;
    /** The answer that already has those. */
    whole?: Response;
    staff: { id: string; role: Role };
    /** What a view in a partner's page may see; `staff` is the key then that it was made under. */
    embed?: EmbedClaims;
    /** Writes a row of the audit trail for the signed-in person. */
    audit: (entry: OwnEntry) => Promise<void>;
  };
}
