import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
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
  const registering = new Map<string, Promise<string>>();
  let makingService: Promise<string> | null = null;

  async function registerOnce(partnerUid: string, region?: string): Promise<string> {
    // Known, yet nobody's row names it: we did not come to write that one.
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
   * Not retried by itself: the vendor leaves open whether a second registration answers the same user or an error. The
   * caller may repeat it, and two at once are one call.
   */
  function register(partnerUid: string, region?: string): Promise<string> {
    let running = registering.get(partnerUid);
    if (!running) {
      running = registerOnce(partnerUid, region).finally(() => registering.delete(partnerUid));
      registering.set(partnerUid, running);
    }
    return running;
  }

  const makeService = () =>
    withLock(`service user ${serviceUid}`, async () => {
      const known = await registered.get(serviceUid);
      return known ?? register(serviceUid);
    });

  return {
    register,
    service: async () => {
      const known = await registered.get(serviceUid);
      if (known) return known;
      makingService ??= makeService().finally(() => {
        makingService = null;
      });
      return makingService;
    },
  };
}
