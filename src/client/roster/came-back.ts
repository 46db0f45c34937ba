import { useState } from "react";
import { useLocation } from "react-router";
import { useDraft } from "../ui/draft.ts";

interface Opened {
  /** The entry of the browser's history that the list is. */
  entry: string;
  index: number;
  id: string;
}

/** Which row the list was left by, once one comes back to it in the browser's history. */
export function useCameBack(owner: string) {
  const entry = useLocation().key;
  const [opened, setOpened, forget] = useDraft<Opened | null>("roster-opened", owner, null);
  // As it was when one came: a row that is opened now is not come back from yet.
  const [cameFrom, setCameFrom] = useState(opened?.entry === entry ? opened : null);
  return {
    cameFrom,
    leaveBy: (index: number, id: string) => setOpened({ entry, index, id }),
    arrived: () => {
      setCameFrom(null);
      forget();
    },
  };
}
