import { Children, Fragment, type ReactNode } from "react";
import { usePreferences } from "../preferences.ts";

/** Sentences one after the other: with a blank between them in English, without one in Chinese. */
export function Sentences({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const blank = language === "en" ? " " : "";
  return Children.toArray(children)
    .filter((sentence) => sentence !== "")
    .map((sentence, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: They have no name but their place.
      <Fragment key={index}>
        {index > 0 && blank}
        {sentence}
      </Fragment>
    ));
}
