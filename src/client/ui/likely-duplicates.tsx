import { useQuery } from "@tanstack/react-query";
import type { LikelyDuplicate } from "#contract/identity.ts";
import type { DuplicateQuery } from "#contract/patient-change.ts";
import { formatAside, formatList } from "#words/list.ts";
import { duplicatesQuery } from "../api/duplicates.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityWords } from "./identity-words.ts";
import { Link } from "./link.tsx";
import { Notice } from "./notice.tsx";
import prose from "./prose.module.css";
import { useSettled } from "./use-settled.ts";

const pauseMs = 250;

/** Who here is likely the same person as the one being typed; nobody while that is not known yet. */
export function useLikelyDuplicates(person: DuplicateQuery): readonly LikelyDuplicate[] {
  const typed = JSON.stringify(person);
  const settled = useSettled(typed, pauseMs);
  const { data } = useQuery(duplicatesQuery(JSON.parse(settled) as DuplicateQuery));
  return (settled === typed && data) || [];
}

/** Names a likely duplicate: "Anna Berg (c-17, born 3 Apr 1980)". */
export function useWhoWords() {
  const words = useIdentityWords();
  const { language } = usePreferences();
  return ({ name, partnerUid, dateOfBirth }: Omit<LikelyDuplicate, "id" | "same">): string => {
    const known = dateOfBirth === null ? [partnerUid] : [partnerUid, words.born(dateOfBirth)];
    return formatAside(name, formatList(known, language), language);
  };
}

interface LikelyDuplicatesProps {
  found: readonly LikelyDuplicate[];
  /** What to do if it is somebody else. */
  next: string;
}

/** A warning and no refusal: whoever knows better goes on. */
export function LikelyDuplicates({ found, next }: LikelyDuplicatesProps) {
  const t = useMessages("identity");
  const who = useWhoWords();
  return (
    <div role="status">
      {found.length > 0 && (
        <Notice color="yellow" role="note">
          {t("likely", { count: found.length })}
          <ul>
            {found.map((one) => (
              <li key={one.id}>
                <Link className={prose.link} to={`/patients/${one.id}`}>
                  {t("likelyWho", { who: who(one), same: t(`same.${one.same}`) })}
                </Link>
              </li>
            ))}
          </ul>
          {next}
        </Notice>
      )}
    </div>
  );
}
