import { useMessages } from "../i18n.ts";
import type { NamedStep } from "./scenes.ts";
import classes from "./stage.module.css";

/** The speaker's notes: what to show, what to say, what not to claim. */
export function StepNotes({ step: { name } }: { step: NamedStep }) {
  const t = useMessages("stage");
  return (
    <dl className={classes.notes}>
      <dt>{t("toShow")}</dt>
      <dd>{t(`step.${name}.show`)}</dd>
      <dt>{t("say")}</dt>
      <dd>{t(`step.${name}.say`)}</dd>
      <dt>{t("notClaim")}</dt>
      <dd>{t(`step.${name}.not`)}</dd>
    </dl>
  );
}
