import type { Ref } from "react";
import type { DeviceStateRow } from "#contract/device.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { formatDateTime, viewerZone } from "../ui/time.ts";
import type { Row } from "./kept-run.ts";

export const columns = ["serial", "state", "activated", "end", "owner"] as const;
const named = [
  "platform-refused",
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "platform-error",
  "invalid-request",
] as const;

/** What a column is called; one of times says in which zone. */
export function useColumnName() {
  const t = useMessages("lookups");
  return (column: (typeof columns)[number]) =>
    column === "activated" || column === "end"
      ? t("inZone", { column: t(`field.${column}`), zone: viewerZone })
      : t(`field.${column}`);
}

export function ResultRow({
  ref,
  row: { serial, answer },
  index,
}: {
  ref: Ref<HTMLTableRowElement>;
  row: Row;
  index: number;
}) {
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
      <th scope="row">
        <Link className={prose.link} to={`/devices/${encodeURIComponent(serial)}`}>
          {serial}
        </Link>
      </th>
      <Answer answer={answer} />
    </tr>
  );
}

function Answer({ answer }: { answer: DeviceStateRow | null }) {
  const t = useMessages("lookups");
  const nameOf = useColumnName();
  // A zone's name breaks after its slash, and not within a city.
  const labelOf = (column: (typeof columns)[number]) => nameOf(column).replaceAll("/", "/\u200b");
  const { language } = usePreferences();
  const at = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);
  if (!answer) return <td colSpan={4}>{t("pending")}</td>;
  if (!answer.ok) {
    const { code, platformCode, platformMessage } = answer;
    const reason = named.find((one) => one === code);
    const said = [platformCode, platformMessage].filter((part) => part !== null && part !== "").join(" ");
    const words =
      code === "device-unknown"
        ? t("failure.device-unknown.title")
        : reason
          ? t(`code.${reason}`)
          : t("code.other", { code });
    return (
      <td colSpan={4} data-failed>
        {code === "platform-error" && said ? t("platformSaid", { reason: words, said }) : words}
      </td>
    );
  }
  const { state, activatedAtMs, estimatedEndAtMs, endedAtMs, owner } = answer;
  return (
    <>
      <td data-label={labelOf("state")}>{t(`state.${state}`)}</td>
      <td data-label={labelOf("activated")}>{activatedAtMs === null ? "–" : at(activatedAtMs)}</td>
      <td data-label={labelOf("end")}>
        {endedAtMs !== null
          ? at(endedAtMs)
          : estimatedEndAtMs !== null
            ? t("expected", { date: at(estimatedEndAtMs) })
            : "–"}
      </td>
      <td data-label={labelOf("owner")}>{t(`owner.${owner}`)}</td>
    </>
  );
}
