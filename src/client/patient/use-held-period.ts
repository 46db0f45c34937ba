import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Period } from "#contract/period.ts";
import { readingsQueries } from "../api/readings.ts";
import { ApiError, type FailureCode } from "../http.ts";
import { useIsOut } from "../outage.ts";

/** After these, what was read before is not to be seen either. */
const refusals: readonly FailureCode[] = ["forbidden", "platform-refused", "not-signed-in"];

/**
 * The period to show: the one asked for or, where that cannot be read, the last one that was. During an
 * outage it stays whole while the other is asked for again and again.
 */
export function useHeldPeriod(patientId: string, asked: Period) {
  const isOut = useIsOut();
  const { data, error, isPlaceholderData, refetch } = useQuery(readingsQueries.ofPeriod(patientId, asked));
  const [held, setHeld] = useState<Period | null>(null);
  const isRead = data !== undefined && !isPlaceholderData;
  if (isRead && JSON.stringify(held) !== JSON.stringify(asked)) setHeld(asked);
  const isLost = error instanceof ApiError && refusals.includes(error.code);
  const instead = !isRead && !isLost && (isOut || error) ? held : null;
  return { period: instead ?? asked, isHeld: instead !== null, error, retry: () => void refetch() };
}
