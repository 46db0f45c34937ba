import type { Logger } from "pino";
import type { Audit } from "../audit/write.ts";
import type { BriefCaches } from "../brief-cache.ts";
import type { WithLock } from "../lock.ts";
import type { RunningConfig } from "../proxy-options.ts";
import type { Database } from "../store/database.ts";
import { createSignInGuard } from "../store/sign-in-guard.ts";
import type { StaffStore } from "../store/staff.ts";
import { cookiePrefixFor, createBrowserCookie } from "./browser-cookie.ts";
import { createRefuseGuessable } from "./guessable.ts";
import type { StaffAuthConfig } from "./library-options.ts";
import { originIn } from "./library-request.ts";
import { createLockOut } from "./lock-out.ts";
import type { Passwords } from "./passwords.ts";
import { createRefusedAddresses } from "./refused-addresses.ts";
import { createSignInRoutes } from "./sign-in/routes.ts";
import { createStaffAuth } from "./staff-auth.ts";
import { createStateCookies } from "./state-cookies.ts";

interface AuthOptions {
  config: StaffAuthConfig & Pick<RunningConfig, "singleSignOn">;
  productName: string;
  isSandbox: boolean;
  database: Database;
  isOwnOrigin: (origin: string, request: Request) => boolean;
  staff: StaffStore;
  audit: Audit;
  withLock: WithLock;
  passwords?: Passwords;
  brief: BriefCaches;
  now: () => number;
  /** Of real time. */
  steadyMs: () => number;
  log: Logger;
}

/** Everything that lets people in or keeps them out. */
export function createAuth(options: AuthOptions) {
  const { config, isSandbox, database, audit, log } = options;
  const { authSecret, publicUrl, singleSignOn } = config;
  const lockOut = createLockOut(createSignInGuard(database.db), authSecret);
  const browserCookie = createBrowserCookie(publicUrl);
  const auth = createStaffAuth({
    ...options,
    lockOut,
    browserCookie,
    singleSignOn: singleSignOn && {
      settings: singleSignOn,
      log,
      record: (action, subject, headers, details) => {
        const { requestId, clientAddress } = originIn(headers);
        return audit({
          actor_id: null,
          actor_role: null,
          action,
          subject,
          outcome: "ok",
          details,
          request_id: requestId,
          client_address: clientAddress,
        });
      },
    },
  });
  return {
    auth,
    lockOut,
    browserCookie,
    refuseGuessable: createRefuseGuessable([new URL(publicUrl).hostname, singleSignOn?.name ?? ""]),
    signInRoutes: createSignInRoutes(
      {
        auth,
        audit,
        lockOut,
        browserCookie,
        refusedAddresses: createRefusedAddresses(options.steadyMs),
        stateCookies: createStateCookies(`${cookiePrefixFor(publicUrl)}.state`),
      },
      { isSandbox, hasSingleSignOn: singleSignOn !== null },
    ),
  };
}
