import type { Dispatch, RefObject, SetStateAction } from "react";
import { flushSync } from "react-dom";

/** Lists all or the first few. The rest comes before the button: the focus goes to the first of it. */
export function toggleAll(
  list: RefObject<HTMLElement | null>,
  few: number,
  setAll: Dispatch<SetStateAction<boolean>>,
): void {
  let isAll = false;
  flushSync(() =>
    setAll((all) => {
      isAll = !all;
      return isAll;
    }),
  );
  if (isAll) list.current?.children[few]?.querySelector("button")?.focus();
}
