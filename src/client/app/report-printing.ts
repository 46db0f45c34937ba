import { useEffect } from "react";
import type { ClientAuditEvent } from "#contract/audit.ts";
import { reportAuditEvent } from "../audit-events.ts";

/** Pages that show what is audited, by their address; the first group of an address names the subject. */
const pages: readonly [RegExp, ClientAuditEvent][] = [
  [/^\/patients$/, "patients.print"],
  [/^\/patients\/import\/([^/]+)$/, "import.print"],
  [/^\/patients\/(?!new$|import$)([^/]+)(?:\/record)?$/, "patient.print"],
  [/^\/cases\/([^/]+)$/, "case.print"],
  [/^\/cases$/, "cases.print"],
  [/^\/devices\/([^/]+)$/, "device.print"],
  [/^\/look-ups\/[^/]+$/, "sensor-list.print"],
  [/^\/work$/, "sensor-list.print"],
  [/^\/(?:ward|appointments|reports(?:\/[^/]+)?)$/, "patients.print"],
  [/^\/staff$/, "staff.print"],
  [/^\/audit$/, "audit.print"],
];

/** What printing the page at this address is called in the audit trail. */
export function printEventOf(pathname: string): { event: ClientAuditEvent; subject?: string } | null {
  for (const [address, event] of pages) {
    const match = address.exec(pathname);
    if (match) return match[1] === undefined ? { event } : { event, subject: decodeURIComponent(match[1]) };
  }
  return null;
}

/** Reports to the audit trail that a page was printed, by whichever button or key. */
export function useReportPrinting(pathname: string): void {
  useEffect(() => {
    const report = () => {
      const printed = printEventOf(pathname);
      if (printed) reportAuditEvent(printed.event, printed.subject);
    };
    window.addEventListener("beforeprint", report);
    return () => window.removeEventListener("beforeprint", report);
  }, [pathname]);
}
