import { useRef, useState } from "react";
import { flushSync } from "react-dom";

/**
 * A list that shows the first few or all. The rest comes before the
 * button: the focus goes to the first of it.
 */
export function useShowAll(few: number) {
  const list = useRef<HTMLUListElement>(null);
  const [isAll, setAll] = useState(false);
  const toggle = () => {
    flushSync(() => setAll(!isAll));
    if (!isAll) list.current?.children[few]?.querySelector("button")?.focus();
  };
  return { list, isAll, toggle };
}
