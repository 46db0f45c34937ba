import { useState } from "react";
import { useLocation } from "react-router";
import { useDraft } from "../ui/draft.ts";

interface Opened {
  /** The entry of the browser's history that the list is. */
  entry: string;
  index: number;
  id: string;
}

/** Which row was opened last, once the browser's history comes back to this list. */
export function useOpenedRow(owner: string) {
  const entry = useLocation().key;
  const [opened, setOpened, forget] = useDraft<Opened | null>("roster-opened", owner, null);
  // As it was when the list was opened: a row that is opened now is not returned to yet.
  const [returnTo, setReturnTo] = useState(opened?.entry === entry ? opened : null);
  return {
    returnTo,
    rememberOpened: (index: number, id: string) => setOpened({ entry, index, id }),
    forgetOpened: () => {
      setReturnTo(null);
      forget();
    },
  };
}
