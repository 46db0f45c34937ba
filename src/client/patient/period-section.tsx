import type { ReactNode } from "react";
import { localDateOf } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";
import type { Basis } from "#report/patient/period-data.ts";
import { formatDate, formatShortDate } from "#words/time.ts";
import { usePreferences } from "../preferences.ts";
import { Section } from "../ui/section.tsx";
import classes from "./patient.module.css";
import { Explain } from "./statistic.tsx";

interface PeriodSectionProps {
  id: string;
  name: string;
  definition?: string;
  basis: Basis;
  /** What the section is of, where that is not the period. */
  of?: Span;
  className?: string | undefined;
  children: ReactNode;
}

/** A section with its name, what that means, and the days that it speaks of. */
export function PeriodSection(props: PeriodSectionProps) {
  const { id, name, definition, basis, of = basis, className, children } = props;
  return (
    <Section
      id={id}
      title={name}
      className={className}
      about={
        <>
          {definition && <Explain name={name} definition={definition} basis={basis} />}
          <Days {...of} timeZone={basis.timeZone} />
        </>
      }
    >
      {children}
    </Section>
  );
}

function Days({ startMs, endMs, timeZone }: Span & Pick<Basis, "timeZone">) {
  const { language } = usePreferences();
  const ends = [startMs, endMs - 1];
  const [first, last] = ends.map((timeMs) => localDateOf(timeMs, timeZone).slice(0, 4));
  const [from, to] = ends.map((timeMs) =>
    (first === last ? formatShortDate : formatDate)(timeMs, timeZone, language),
  );
  return (
    <span className={classes.panelDays}>
      <span>{from}</span> – <span>{to}</span>
    </span>
  );
}
