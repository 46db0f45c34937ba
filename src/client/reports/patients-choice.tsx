import { mostReports } from "#contract/reports-limits.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dotted } from "../ui/dotted.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import classes from "./reports.module.css";

interface PatientsChoiceProps {
  rows: readonly ListedPatient[];
  /** How many are in the list. */
  total: number;
  leftOut: ReadonlySet<string>;
  onChange: (leftOut: ReadonlySet<string>) => void;
}

/** The patients of a list in its order, each of whom can be left out. */
export function PatientsChoice({ rows, total, leftOut, onChange }: PatientsChoiceProps) {
  const t = useMessages("reports");
  const words = useIdentityWords();
  const flip = (id: string) => {
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className={classes.patients}>
      <legend>{t("whom", { count: rows.length - leftOut.size, all: rows.length })}</legend>
      {total > rows.length && <p>{t("onlyFirst", { total, most: mostReports })}</p>}
      <div className={layout.row} data-gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => onChange(new Set())}>
          {t("everybody")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange(new Set(rows.map(({ id }) => id)))}
        >
          {t("nobody")}
        </Button>
      </div>
      <ol className={classes.people}>
        {rows.map(({ id, name, partnerUid, dateOfBirth, hospitalNumber }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={!leftOut.has(id)} onChange={() => flip(id)} />
              <span>
                {name}{" "}
                <span className={prose.note}>
                  <Dotted>
                    {partnerUid}
                    {dateOfBirth && words.born(dateOfBirth)}
                    {hospitalNumber && words.hospitalNumber(hospitalNumber)}
                  </Dotted>
                </span>
              </span>
            </label>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
