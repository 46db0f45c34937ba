import { useMemo } from "react";
import { fewestDaysPerHour } from "#glucose/profile.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import {
  profileLegend,
  profileNotes,
  type ShownProfile,
  shownProfile,
} from "#report/patient/profile-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { comparedProfiles } from "./compared-profiles.ts";
import { PeriodSection } from "./period-section.tsx";
import classes from "./profile.module.css";
import { ProfileCurve } from "./profile-curve.tsx";
import { ProfileTable } from "./profile-table.tsx";
import type { Compared } from "./use-comparison.ts";

interface GlucoseProfileChartProps {
  data: PeriodData;
  compared: Compared | null;
}

/**
 * The glucose profile: how glucose lies over the hours of a day, from all days of the period, and over
 * it that of what it is compared with.
 */
export function GlucoseProfileChart({ data, compared }: GlucoseProfileChartProps) {
  const t = useMessages("details");
  const { timeZone } = data;
  const sides = useMemo(() => comparedProfiles(compared, timeZone), [compared, timeZone]);
  const shown = useMemo(() => shownProfile(data, sides), [data, sides]);
  const { profile, of } = shown;
  return (
    <PeriodSection
      id="profile"
      name={t("profile")}
      definition={t("defProfile", { days: fewestDaysPerHour })}
      basis={data}
      of={of}
      className={classes.profile}
    >
      {profile.isEnough ? (
        <DrawnProfile data={data} shown={shown} isCompared={compared !== null} />
      ) : (
        <p>
          <Sentences>
            {t("profileTooShort", { count: profile.daysWithData })}
            <span className={print.screenOnly}>{t("chooseLonger")}</span>
          </Sentences>
        </p>
      )}
    </PeriodSection>
  );
}

interface DrawnProfileProps {
  data: PeriodData;
  shown: ShownProfile;
  isCompared: boolean;
}

function DrawnProfile({ data, shown, isCompared }: DrawnProfileProps) {
  const t = useMessages("details");
  const curve = useMessages("chart", "curve");
  const { unit, language } = usePreferences();
  const { timeZone, targets } = data;
  const { profile, overlaid, topMmolL } = shown;
  return (
    <>
      <p className={prose.note}>
        <Sentences>{profileNotes(shown, { timeZone, isCompared }, { t, curve, unit, language })}</Sentences>
      </p>
      <ProfileCurve
        profile={profile}
        topMmolL={topMmolL}
        other={overlaid?.profile ?? null}
        edges={targets.edges}
      />
      <p className={classes.legend}>
        {profileLegend(shown, timeZone, { t, language }).map(([swatch, words]) => (
          <span key={swatch} className={classes.key}>
            <span data-swatch={swatch} /> {words}
          </span>
        ))}
      </p>
      <ProfileTable profile={profile} />
    </>
  );
}
