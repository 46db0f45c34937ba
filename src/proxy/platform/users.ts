import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { Call } from "./call.ts";
import type { Tokens } from "./tokens.ts";
import type { RegisteredUsers } from "./types.ts";
import { parseData, tokenData } from "./wire.ts";

export interface Users {
  /** Registers a partner user and keeps the token that comes with it; answers with the open ID. */
  register(partnerUid: string, region?: string): Promise<string>;
  /** The open ID of our own service user, registered on first need. */
  service(): Promise<string>;
}

export function createUsers(
  call: Call,
  tokens: Tokens,
  { serviceUid, registered }: { serviceUid: string; registered: RegisteredUsers },
  withLock: WithLock,
): Users {
  const shareRegistration = createSingleFlight<string>();
  const shareService = createSingleFlight<string>();

  async function registerOnce(partnerUid: string, region?: string): Promise<string> {
    // Registered, but the patient's row was not written, as after a crash.
    const known = await registered.get(partnerUid);
    if (known) return known;
    const body = { partner_uid: partnerUid, region };
    const data = await call({ method: "POST", path: "/partner/v1/user/register", body });
    const user = parseData(tokenData, data, "registration answer");
    if (!(await registered.claim(partnerUid, user.open_id)))
      throw new Failure("platform-mixed-up", {
        detail:
          "The platform answered this registration with the open ID of somebody else who is here. Nothing was added or changed.",
        isFinal: true,
      });
    await tokens.keep(user);
    return user.open_id;
  }

  /**
   * Not retried by itself: the vendor leaves open whether a second registration answers the same user or an
   * error. The caller may repeat it, and two at once are one call.
   */
  const register: Users["register"] = (partnerUid, region) =>
    shareRegistration(() => registerOnce(partnerUid, region), partnerUid);

  const makeService = () =>
    withLock(`service user ${serviceUid}`, async () => {
      const known = await registered.get(serviceUid);
      return known ?? register(serviceUid);
    });

  return {
    register,
    service: async () => {
      const known = await registered.get(serviceUid);
      return known ?? shareService(makeService);
    },
  };
}
