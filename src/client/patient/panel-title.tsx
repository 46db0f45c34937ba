import { Group, Title } from "@mantine/core";
import { localDateOf } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";
import { usePreferences } from "../preferences.ts";
import { formatDate, formatShortDate } from "../ui/time.ts";
import classes from "./patient.module.css";
import { type Basis, Explain } from "./statistic.tsx";

interface PanelTitleProps {
  id: string;
  name: string;
  definition?: string;
  basis: Basis;
  /** What the panel is of, where that is not the period. */
  of?: Span;
}

/** A panel's name, what it means, and the days that it speaks of. */
export function PanelTitle({ id, name, definition, basis, of = basis }: PanelTitleProps) {
  const { language } = usePreferences();
  const { timeZone } = basis;
  const ends = [of.startMs, of.endMs - 1];
  const [first, last] = ends.map((timeMs) => localDateOf(timeMs, timeZone).slice(0, 4));
  const [from, to] = ends.map((timeMs) =>
    (first === last ? formatShortDate : formatDate)(timeMs, timeZone, language),
  );
  return (
    <Group gap="0 0.625rem">
      <Title order={2} id={id}>
        {name}
      </Title>
      {definition && <Explain name={name} definition={definition} basis={basis} />}
      <span className={classes.panelDays}>
        <span>{from}</span> – <span>{to}</span>
      </span>
    </Group>
  );
}
