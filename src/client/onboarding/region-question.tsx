import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { regionName } from "../ui/region.ts";
import classes from "./onboarding.module.css";

interface RegionQuestionProps {
  region: string;
  pending: boolean;
  onBack: () => void;
}

/** A region stands for good, so it is read once more before; the button in it sends the form. */
export function RegionQuestion({ region, pending, onBack }: RegionQuestionProps) {
  const t = useMessages("onboarding");
  const { language } = usePreferences();
  const question = t("regionQuestion", { region: regionName(region, language) });
  return (
    <fieldset className={classes.question} aria-label={question}>
      <p className={prose.strong}>{question}</p>
      <p>{t("regionStays")}</p>
      <div className={layout.row} data-gap="sm">
        <Button type="submit" loading={pending} autoFocus>
          {t("regionYes")}
        </Button>
        <Button variant="default" disabled={pending} onClick={onBack}>
          {t("regionNo")}
        </Button>
      </div>
    </fieldset>
  );
}
