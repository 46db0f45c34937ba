import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { useMessages } from "../i18n.ts";
import { LanguageChoice } from "../ui/display-choices.tsx";
import { focusHeading } from "../ui/keep-focus.ts";
import { Logo } from "../ui/logo.tsx";
import classes from "./sign-in.module.css";
import { SignInCurve } from "./sign-in-curve.tsx";

/** What stands around the pages of somebody who is not signed in yet. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useMessages("sign-in", "page");
  const heading = useRef<HTMLHeadingElement>(null);
  const { key, state } = useLocation();
  // As loaded, or sent on at once from a page that asks for a session: the keyboard was nowhere yet.
  const isFirst = key === "default" || state?.ended === false;
  useEffect(() => {
    if (!isFirst && heading.current) focusHeading(heading.current);
  }, [isFirst]);
  return (
    <div className={classes.page}>
      <header className={classes.brand}>
        <p className={classes.name}>
          <Logo size={36} /> Trendline
        </p>
        <SignInCurve />
        <p className={classes.tagline}>
          {t("tagline")}
          <span>{t("taglineMore")}</span>
        </p>
      </header>
      <main className={classes.main}>
        <div className={classes.language}>
          <LanguageChoice />
        </div>
        <Title ref={heading} order={1}>
          {title}
        </Title>
        {children}
      </main>
    </div>
  );
}
