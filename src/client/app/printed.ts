import { useEffect } from "react";
import type { AuditAct } from "#contract/audit.ts";
import { sayDone } from "../acts.ts";

/** Pages that show what is audited, by their address; the first group of an address names the subject. */
const pages: readonly [RegExp, AuditAct][] = [
  [/^\/patients$/, "patients.print"],
  [/^\/patients\/import\/([^/]+)$/, "import.print"],
  [/^\/patients\/(?!new$|import$)([^/]+)(?:\/record)?$/, "patient.print"],
  [/^\/devices\/([^/]+)$/, "device.print"],
  [/^\/look-ups$/, "sensor-list.print"],
  [/^\/staff$/, "staff.print"],
  [/^\/audit$/, "audit.print"],
];

/** What printing the page at this address is called in the audit trail. */
export function printOf(pathname: string): { act: AuditAct; subject?: string } | null {
  for (const [address, act] of pages) {
    const match = address.exec(pathname);
    if (match) return match[1] === undefined ? { act } : { act, subject: decodeURIComponent(match[1]) };
  }
  return null;
}

/** Says that a page was printed, by whichever button or key. */
export function useSayPrinted(pathname: string): void {
  useEffect(() => {
    const say = () => {
      const print = printOf(pathname);
      if (print) sayDone(print.act, print.subject);
    };
    window.addEventListener("beforeprint", say);
    return () => window.removeEventListener("beforeprint", say);
  }, [pathname]);
}
