import type { Targets } from "#glucose/targets.ts";
import { targetBasis } from "#report/patient/target-basis.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Sentences } from "../ui/sentences.tsx";
import classes from "./time-in-ranges.module.css";

/** What the range and its goals are and where they come from. */
export function TargetBasis({ targets }: { targets: Targets }) {
  const t = useMessages("patient", "page");
  const { unit } = usePreferences();
  return (
    <p className={classes.basis}>
      <Sentences>{targetBasis(targets, { t, unit })}</Sentences>
    </p>
  );
}
