import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useMessages } from "../i18n.ts";
import { LanguageChoice } from "../ui/display-choices.tsx";
import { Logo } from "../ui/logo.tsx";
import classes from "./sign-in.module.css";
import { SignInCurve } from "./sign-in-curve.tsx";

/** What stands around the pages of somebody who is not signed in yet. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useMessages("sign-in", "page");
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
        <Title order={1}>{title}</Title>
        {children}
      </main>
    </div>
  );
}
