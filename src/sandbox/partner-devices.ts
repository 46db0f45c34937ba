import { Hono } from "hono";
import type { User } from "./directory.ts";
import { fixedDevices } from "./fixed-devices.ts";
import { requireToken } from "./partner-auth.ts";
import { type PartnerEnv, type PartnerRouteOptions, reply } from "./partner-env.ts";
import { ownerOf, sendRecords, timeOf } from "./partner-records.ts";
import type { Wear } from "./wear.ts";
import type { Wearer } from "./wearer.ts";
import { codes, toDeviceInfo, unboundDevice } from "./wire.ts";

const mayRead = (caller: User, { wearer, wear }: { wearer: Wearer; wear: Wear }) => {
  if (wear.access === "nobody") return false;
  if (wearer.openId === caller.openId) return true;
  return caller.service && wear.access !== "wearer-only";
};

const isLoose = (serial: string) => fixedDevices.some((one) => one.serial === serial && one.wearer === null);

export function deviceRoutes(options: PartnerRouteOptions) {
  const { now, appId, directory } = options;
  return new Hono<PartnerEnv>()
    .get("/device/info", requireToken(options), (c) => {
      const serial = c.req.query("device_sn");
      if (!serial) return reply(c, codes.badParameter, "invalid parameter: device_sn");
      if (isLoose(serial)) return reply(c, codes.ok, "success", unboundDevice(serial));
      const device = directory.device(serial, now());
      if (!device) return reply(c, codes.deviceNotFound, "device not found");
      if (!mayRead(c.var.caller, device)) return reply(c, codes.denied, "permission denied");
      return reply(c, codes.ok, "success", toDeviceInfo(device.wear, ownerOf(device.wearer, appId), now()));
    })
    .get("/device/glucose", requireToken(options), (c) => {
      const serial = c.req.query("device_sn");
      if (!serial) return reply(c, codes.badParameter, "invalid parameter: device_sn");
      const startMs = timeOf(c, "start_time") ?? 0;
      const endMs = timeOf(c, "end_time") ?? Number.MAX_SAFE_INTEGER;
      if (!(startMs < endMs)) return reply(c, codes.badParameter, "invalid parameter: start_time, end_time");
      if (isLoose(serial)) return reply(c, codes.ok, "success", { open_id: "", records: [] });
      const device = directory.device(serial, now());
      if (!device) return reply(c, codes.deviceNotFound, "device not found");
      if (!mayRead(c.var.caller, device)) return reply(c, codes.denied, "permission denied");
      const { wearer, wear } = device;
      return sendRecords(c, { wearer, wears: [wear], appId }, { startMs, endMs }, now());
    });
}
