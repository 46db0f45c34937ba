import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { prefetchData, prefetchPage } from "./router.tsx";

const linkOf = ({ target }: Event): HTMLAnchorElement | null => {
  const link = target instanceof Element ? target.closest("a") : null;
  return link?.origin === window.location.origin ? link : null;
};

/**
 * A page's code is fetched when one of its links is pointed at or focused; what it shows, which the
 * audit trail calls a look, only at the press that opens it. A finger that is put down may begin to
 * scroll, so there the page asks itself.
 */
export function useReadAhead(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const fetchCode = (event: Event) => {
      const link = linkOf(event);
      if (link) prefetchPage(link.pathname);
    };
    const askForData = (event: PointerEvent) => {
      const { button, pointerType, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (button !== 0 || pointerType !== "mouse" || ctrlKey || metaKey || shiftKey || altKey) return;
      const link = linkOf(event);
      if (link) prefetchData(queryClient, link);
    };
    document.addEventListener("pointerover", fetchCode);
    document.addEventListener("focusin", fetchCode);
    document.addEventListener("pointerdown", askForData);
    return () => {
      document.removeEventListener("pointerover", fetchCode);
      document.removeEventListener("focusin", fetchCode);
      document.removeEventListener("pointerdown", askForData);
    };
  }, [queryClient]);
}
