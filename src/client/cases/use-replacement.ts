import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parseSerial } from "#contract/serial.ts";
import { deviceQueries } from "../api/devices.ts";
import { changesIn, type Typed } from "./edits.ts";

/** Whether the sensor that is typed as the replacement is bound to somebody else than the wearer; asked once the field is left. */
export function useReplacement(values: Typed, wearerUid: string | undefined) {
  const { replacementSerial } = changesIn({ replacementSerial: values.replacementSerial ?? null }, {});
  const serial = parseSerial(String(replacementSerial ?? "")) ?? "";
  const [asked, setAsked] = useState(serial);
  const { data } = useQuery({
    ...deviceQueries.lifeForGaps(serial),
    enabled: serial !== "" && serial === asked && wearerUid !== undefined,
  });
  return {
    serial,
    isElsewhere:
      data?.owner.kind === "another-partner" ||
      (data?.owner.kind === "patient" && data.owner.partnerUid !== wearerUid),
    ask: () => setAsked(serial),
  };
}
