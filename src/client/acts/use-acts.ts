import { createContext, useContext } from "react";
import type { Subject } from "./acts.ts";

/** What is chosen in a dialog. */
export type Choice = "put-off" | "hand-over" | "note";

interface Acts {
  /** Who is signed in. */
  me: { id: string; role: string };
  review: (subject: Subject) => void;
  undoReview: (subject: Subject) => void;
  /** Opens the dialog, with the notes there are where they are read. */
  choose: (choice: Choice, subject: Subject, isReading?: boolean) => void;
  /** Opens the list of keys. */
  showKeys: () => void;
  /** Makes a row known to the keys that are pressed in it. */
  register: (element: HTMLElement | null, subject: Subject) => void;
}

export const ActsContext = createContext<Acts | null>(null);

/** Null outside of an `Acts` that knows who is signed in. */
export const useActs = (): Acts | null => useContext(ActsContext);
