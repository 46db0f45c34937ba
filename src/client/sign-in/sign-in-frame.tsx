import { type ReactNode, useEffect, useRef } from "react";
import { useMessages } from "../i18n.ts";
import type { Place } from "../place.ts";
import { focusHeading } from "../ui/keep-focus.ts";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Mark } from "../ui/mark.tsx";
import classes from "./sign-in.module.css";

/** What stands around the pages of somebody who is not signed in yet. */
export function SignInFrame({
  place,
  title,
  children,
}: {
  place: Place;
  title: string;
  children: ReactNode;
}) {
  const t = useMessages("sign-in", "page");
  const heading = useRef<HTMLHeadingElement>(null);
  // As loaded, or sent on at once from a page that asks for a session: the keyboard was nowhere yet.
  const isFirst = place.key === "default" || (place.state as { ended?: boolean } | null)?.ended === false;
  useEffect(() => {
    if (!isFirst && heading.current) focusHeading(heading.current);
  }, [isFirst]);
  return (
    <div className={classes.page}>
      <header className={classes.brand}>
        <p className={classes.name}>
          <Mark size={36} />
        </p>
        {/* Decoration: a day’s curve through a target band. No one’s data. */}
        <div className={classes.curve} />
        <p className={classes.tagline}>
          {t("tagline")}
          <span>{t("taglineMore")}</span>
        </p>
      </header>
      <main className={classes.main}>
        <div className={classes.language}>
          <LanguageChoice />
        </div>
        <h1 ref={heading}>{title}</h1>
        {children}
      </main>
    </div>
  );
}
