import { type CaseSpeech, caseWords, nthCall } from "#report/case-words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { viewerZone } from "../ui/viewer-zone.ts";

/** "Third call". */
export function useCallWords(): (count: number) => string {
  const t = useMessages("cases");
  return (count) => nthCall(t, count);
}

export function useCaseSpeech(): CaseSpeech {
  const t = useMessages("cases");
  const { language } = usePreferences();
  return { t, language, zone: viewerZone };
}

export const useCaseWords = (): ReturnType<typeof caseWords> => caseWords(useCaseSpeech());
