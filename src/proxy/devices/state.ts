import { type Device, deviceStates } from "#contract/device.ts";
import type { PlatformDevice } from "../platform/types.ts";

/** A status that the contract does not know is none of ours. */
export const stateOf = ({ statusCode }: Pick<PlatformDevice, "statusCode">): Device["state"] =>
  deviceStates.slice(0, 4)[statusCode] ?? "unknown";
