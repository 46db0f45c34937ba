import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { formatDateTime } from "#words/time.ts";
import { now, useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { styleNonce } from "./style-nonce.ts";

interface SheetProps {
  /** Whose page it is: a name and an ID, a serial number, or what is listed. */
  who: string;
  /** Which part of it: period and zone. */
  what?: string;
  timeZone?: string;
}

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A text as CSS writes it, on one line. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/[\n\r\f]/g, " ").replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** The moment of printing; until it comes, now. */
function usePrintedAtMs(): number {
  const nowMs = useNow();
  const [printedAtMs, setPrintedAtMs] = useState(0);
  useEffect(() => {
    // Laid out as soon as the listeners have returned.
    const print = () => flushSync(() => setPrintedAtMs(now()));
    window.addEventListener("beforeprint", print);
    return () => window.removeEventListener("beforeprint", print);
  }, []);
  return Math.max(nowMs, printedAtMs);
}

/**
 * What stands on every printed sheet: whose page it is, period, zone, page x of y and when it was printed. Of
 * several, the last one in the page counts: a part of a page may know more than the page does.
 */
export function Sheet({ who, what = "", timeZone = ownZone }: SheetProps) {
  const t = useMessages("ui", "sheet");
  const { language } = usePreferences();
  const printed = t("printed", {
    when: formatDateTime(usePrintedAtMs(), timeZone, language),
    zone: timeZone,
  });
  const [before = "", between = "", after = ""] = t("pageOf", { page: "\n", pages: "\n" }).split("\n");
  const page = `${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}`;
  return (
    <style nonce={styleNonce()} media="print">
      {`@page {
  color: #3f4e57;
  font: 8pt system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", Arial, sans-serif;
  @top-left { content: ${quoted(who)}; }
  @top-right { content: ${quoted(what)}; }
  @bottom-left { content: ${quoted(printed)}; }
  @bottom-right { content: ${page}; }
}`}
    </style>
  );
}
