import { reportAuditEvent } from "../audit-events.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { type Ticket, ticketMarkdown, ticketText } from "./ticket.ts";
import classes from "./verdict.module.css";

const textId = "ticket-text";

/** The facts as text, to paste into a ticket. */
export function TicketPanel({ serial, ticket }: { serial: string; ticket: Ticket }) {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  return (
    <section aria-labelledby="ticket">
      <div className={`${layout.ends} ${layout.belowXs}`}>
        <h2 id="ticket">{t("ticket")}</h2>
        <Copy
          serial={serial}
          texts={[
            [t("copyText"), ticketText(ticket, language)],
            [t("copyMarkdown"), ticketMarkdown(ticket, language)],
          ]}
        />
      </div>
      <details id={textId} className={folded.folded}>
        <summary>{t("ticketText")}</summary>
        <div className={classes.ticket}>{ticketText(ticket, language)}</div>
      </details>
    </section>
  );
}

/** Buttons that copy, each by its name, and whether it worked. */
export function Copy({
  serial,
  texts,
}: {
  /** Whose ticket it is. */
  serial: string;
  texts: readonly (readonly [name: string, text: string])[];
}) {
  const t = useMessages("device", "verdict");
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const copy = async (text: string) => {
    const isCopied = await copyText(text);
    if (isCopied) reportAuditEvent("device-ticket.copy", serial);
    else document.getElementById(textId)?.setAttribute("open", "");
    say(isCopied ? "copied" : "copyFailed");
  };
  return (
    <div className={layout.row} data-gap="xs">
      {texts.map(([name, text]) => (
        <Button key={name} variant="default" onClick={() => void copy(text)}>
          {name}
        </Button>
      ))}
      <SaidStatus said={said} words={t} />
    </div>
  );
}
