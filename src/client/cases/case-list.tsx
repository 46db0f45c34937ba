import type { CaseSummary } from "#contract/cases.ts";
import { useMessages } from "../i18n.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { useCaseWords } from "./case-words.ts";
import classes from "./cases.module.css";

interface CaseListProps {
  label: string;
  cases: readonly CaseSummary[];
  /** What all of them share is not said of each. */
  without?: "serial" | "patient";
}

/** Cases, each with the way to its page; nothing of what a caller said. */
export function CaseList({ label, cases, without }: CaseListProps) {
  const { zone } = useCaseWords();
  return (
    <>
      <ul className={classes.list} aria-label={label}>
        {cases.map((one) => (
          <li key={one.id}>
            <CaseLine one={one} without={without} />
          </li>
        ))}
      </ul>
      <p className={prose.note}>{zone}</p>
    </>
  );
}

function CaseLine({ one, without }: { one: CaseSummary; without: CaseListProps["without"] }) {
  const t = useMessages("cases");
  const words = useCaseWords();
  const { id, serial, state, receivedAtMs, calls, missing, vendorNumber, replacementSerial, patient } = one;
  const more = [
    t("openedBy", { name: words.person(one.openedBy) }),
    ...(calls > 1 ? [t("callCount", { count: calls })] : []),
    ...(vendorNumber ? [t("vendorIs", { number: vendorNumber })] : []),
    ...(replacementSerial
      ? [t(one.isReplacementRecalled ? "replacedByRecalled" : "replacedBy", { serial: replacementSerial })]
      : []),
    ...(patient && without !== "patient" ? [t("wearerIs", { name: patient.name })] : []),
    ...(missing.length > 0 ? [t("missingCount", { count: missing.length })] : []),
  ];
  return (
    <>
      <div className={classes.line}>
        <Link className={prose.link} to={`/cases/${encodeURIComponent(id)}`}>
          {without === "serial"
            ? t("caseOf", { time: words.time(receivedAtMs) })
            : t("caseOfSensor", { serial, time: words.time(receivedAtMs) })}
        </Link>
        <StateMark state={state} />
      </div>
      <p className={prose.note}>{more.join(" · ")}</p>
    </>
  );
}

export function StateMark({ state }: { state: CaseSummary["state"] }) {
  const t = useMessages("cases");
  return (
    <span className={classes.state} data-state={state}>
      {t(`caseState.${state}`)}
    </span>
  );
}
