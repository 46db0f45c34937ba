import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { formatDateTime } from "#words/time.ts";
import { aboutQuery } from "../api/about.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import type { Place } from "../place.ts";
import { setPreferences, usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { LanguageChoice } from "../ui/language-choice.tsx";
import prose from "../ui/prose.module.css";
import { addressOf } from "./control.ts";
import { openAnew } from "./open-scene.ts";
import { addressOfScene, linkOf, parseScene, type SceneLink } from "./scene-link.ts";
import { sceneNames, sceneOf, tour, tourMinutes } from "./scenes.ts";
import classes from "./stage.module.css";
import { stageKey } from "./stage.tsx";
import { StepNotes } from "./step-notes.tsx";

/** `/stage`: the tour, and with a scene in the address the way into it. */
export function StagePage({ place }: { place: Place }) {
  const t = useMessages("stage");
  useDocumentTitle(t("title"));
  const about = useQuery(aboutQuery);
  const scene = parseScene(place.search);
  if (!about.data) return null;
  if (about.data.platform !== "sandbox")
    return (
      <main className={classes.page}>
        <h1>{t("nothing")}</h1>
        <a className={prose.link} href={addressOf("/")}>
          {t("home")}
        </a>
      </main>
    );
  return (
    <main className={classes.page}>
      <div className={classes.language}>
        <LanguageChoice />
      </div>
      {scene === null || typeof scene === "string" ? (
        <>
          {scene && (
            <div role="alert">
              <h1>{t(`link-${scene}`)}</h1>
              <p>{t(`link-${scene}-next`)}</p>
            </div>
          )}
          <Chapters isBelow={scene !== null} />
        </>
      ) : (
        <Way link={scene} />
      )}
    </main>
  );
}

function Chapters({ isBelow }: { isBelow: boolean }) {
  const t = useMessages("stage");
  const Heading = isBelow ? "h2" : "h1";
  return (
    <>
      <Heading>{t("tour", { minutes: tourMinutes })}</Heading>
      <p>{t("tourLead", { key: stageKey })}</p>
      <ol className={classes.chapters}>
        {sceneNames.map((scene) => (
          <li key={scene}>
            <strong>{t(`scene.${scene}`)}</strong>
            <ol className={classes.chapters}>
              {tour
                .filter((step) => sceneOf(step) === scene)
                .map((step) => (
                  <li key={step.name}>
                    <a className={prose.link} href={addressOf(addressOfScene(linkOf(step)))}>
                      {t(`step.${step.name}.title`)}
                    </a>
                    <StepNotes step={step} />
                  </li>
                ))}
            </ol>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Before a scene: what it is, and what is forgotten for it. */
function Way({ link }: { link: SceneLink }) {
  const t = useMessages("stage");
  const { language } = usePreferences();
  const { step, atMs, language: wanted } = link;
  useEffect(() => {
    if (wanted) setPreferences({ language: wanted })?.catch(() => {});
  }, [wanted]);
  const [state, setState] = useState<"idle" | "opening" | "failed" | "impossible">("idle");
  const open = () => {
    setState("opening");
    openAnew(link).catch((error: unknown) => {
      const isImpossible = error instanceof ApiError && error.code === "changed-meanwhile";
      if (!(error instanceof ApiError)) console.error(error);
      setState(isImpossible ? "impossible" : "failed");
    });
  };
  return (
    <>
      <h1>
        {t(`scene.${sceneOf(step)}`)}: {t(`step.${step.name}.title`)}
      </h1>
      <p>{t("sceneAt", { time: formatDateTime(atMs, "UTC", language) })}</p>
      <StepNotes step={step} />
      <p className={prose.strong}>{t("forgets")}</p>
      {state === "failed" && <p role="alert">{t("notOpened")}</p>}
      {state === "impossible" && <p role="alert">{t("noScenes")}</p>}
      <p role="status">{state === "opening" && t("opening")}</p>
      <Button loading={state === "opening"} onClick={open}>
        {t("open")}
      </Button>
      <p>
        <a className={prose.link} href={addressOf("/stage")}>
          {t("all")}
        </a>
      </p>
    </>
  );
}
