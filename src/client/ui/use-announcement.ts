import { useEffect, useRef } from "react";
import { announce } from "./announcer.tsx";

/**
 * Says `text` when what it is about becomes another; not what the page came with, and
 * nothing while it is on its way (`of` null).
 */
export function useAnnouncement(of: string | null, text: string): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (of === null || of === last.current) return;
    if (last.current !== null) announce(text);
    last.current = of;
  }, [of, text]);
}
