import type { ReactNode } from "react";
import { unitAfter } from "#report/patient/statistics-view.ts";
import { usePreferences } from "../preferences.ts";

/** A number and the word after it stay in one line. */
function Value({ value, unit }: { value: string | null; unit: string }) {
  const { language } = usePreferences();
  return (
    <>
      <strong>{value ?? "–"}</strong>
      {value !== null && unitAfter(unit, language)}
    </>
  );
}

interface StatisticValueProps {
  value: string | null;
  unit: string;
  also?: { value: string; unit: string } | null | undefined;
  note?: ReactNode;
}

/** A number with its unit, the same by another method, and what there is to say of it. */
export function StatisticValue({ value, unit, also, note }: StatisticValueProps) {
  return (
    <>
      <Value value={value} unit={unit} />
      {also && (
        <>
          <br />
          <Value {...also} />
        </>
      )}
      {note && <small>{note}</small>}
    </>
  );
}
