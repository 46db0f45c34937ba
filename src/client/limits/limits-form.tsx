import { limitBounds, limitKeys, type WorklistLimits } from "#contract/limits.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Clash } from "../ui/clash.tsx";
import { Failure } from "../ui/failure.tsx";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import { limitWords } from "../ui/limit-words.ts";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./limits.module.css";
import { type LimitsEdits, useLimitsEdits } from "./use-limits-edits.ts";

/** Each limit with its sentence as it would be, what a colleague has changed meanwhile, and the way to save them. */
export function LimitsForm({ kept, owner }: { kept: WorklistLimits; owner: string }) {
  const t = useMessages("limits");
  const edits = useLimitsEdits(kept, owner);
  return (
    <CheckedForm className={`${frame.frame} ${classes.form}`} onSubmit={edits.submit}>
      <RestoredDraft fields={edits.restored.map((key) => t(`name.${key}`))} onDiscard={edits.discard} />
      <Fields edits={edits} usual={kept.usual} />
      {edits.clashes.map((key) => (
        <Clash
          key={key}
          field={t(`name.${key}`)}
          theirs={kept.limits[key]}
          yours={edits.textOf(key)}
          onKeep={() => edits.keep(key)}
          onTake={() => edits.take(key)}
        />
      ))}
      {edits.failure && <Failure error={edits.failure} title={t("nothingChanged")} />}
      <div className={layout.row}>
        <Button
          type="submit"
          loading={edits.isPending}
          disabled={!edits.isEdited || edits.clashes.length > 0}
        >
          {t("action.save")}
        </Button>
        {edits.isEdited && (
          <Button variant="default" onClick={edits.discard}>
            {t("discardChanges")}
          </Button>
        )}
        {!edits.isUsual && (
          <Button variant="default" onClick={edits.useUsual}>
            {t("useUsual")}
          </Button>
        )}
        <p className={prose.small} role="status">
          {edits.isSaved && t("saved")}
        </p>
      </div>
    </CheckedForm>
  );
}

function Fields({ edits, usual }: { edits: LimitsEdits; usual: WorklistLimits["usual"] }) {
  const t = useMessages("limits");
  const preferences = usePreferences();
  return (
    <div className={classes.fields}>
      {limitKeys.map((key) => (
        <TextField
          key={key}
          label={t(`name.${key}`)}
          description={
            edits.isWrong(key)
              ? t("usual", { usual: usual[key] })
              : t("hint", {
                  sentence: limitWords(t, key, edits.values[key], preferences),
                  usual: usual[key],
                })
          }
          isHintBelow
          error={edits.isShownWrong(key) && t("bounds", limitBounds[key])}
          value={edits.textOf(key)}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => edits.type(key, event.currentTarget.value)}
        />
      ))}
    </div>
  );
}
