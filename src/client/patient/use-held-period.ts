import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Period, readingsQueries } from "../api/readings.ts";
import { ApiError, type FailureCode } from "../http.ts";

/** After these, what was read before is not to be seen either. */
const takenAway: readonly FailureCode[] = ["forbidden", "platform-refused", "not-signed-in"];

/** The period to show: the one asked for or, where that cannot be read, the last one that was. */
export function useHeldPeriod(patientId: string, asked: Period) {
  const { data, error, isPlaceholderData, refetch } = useQuery(readingsQueries.ofPeriod(patientId, asked));
  const [held, setHeld] = useState<Period | null>(null);
  const isRead = data !== undefined && !isPlaceholderData;
  if (isRead && JSON.stringify(held) !== JSON.stringify(asked)) setHeld(asked);
  const isLost = error instanceof ApiError && takenAway.includes(error.code);
  const instead = data === undefined && error && !isLost ? held : null;
  return { period: instead ?? asked, missed: instead && error, retry: () => void refetch() };
}
