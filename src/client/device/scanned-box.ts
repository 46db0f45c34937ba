import { useLocation, useNavigate } from "react-router";
import type { BoxDetails } from "#contract/device.ts";

/** What a look-up hands on to the page that it opens. */
export interface LookUpState {
  readonly fromField?: boolean;
  /** What the code that was scanned says beside the serial; it belongs to this look-up and to no later one. */
  readonly box?: BoxDetails | null;
  /** How it was typed, where nobody knows it in that way. */
  readonly typed?: string;
}

/** What was scanned with this look-up, and how to drop it once that is settled. */
export function useScannedBox(): { scanned: BoxDetails | null; drop: () => void } {
  const navigate = useNavigate();
  const { pathname, search, hash, state } = useLocation() as ReturnType<typeof useLocation> & {
    state: LookUpState | null;
  };
  const drop = () => {
    if (state?.box)
      void navigate({ pathname, search, hash }, { replace: true, state: { ...state, box: null } });
  };
  return { scanned: state?.box ?? null, drop };
}
