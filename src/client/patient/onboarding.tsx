import { Paper, Text, Title } from "@mantine/core";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";

const steps = ["stepRegistered", "stepBound", "stepWarmUp", "stepReading"] as const;
/** Which step is awaited. The platform names a user's sensor by its first record only, so bound and warming up come together. */
const awaited = { waiting: 1, "warming-up": 3 } as const;

/** What happens next, from registration to the first reading. It follows the platform by itself. */
export function Onboarding({ name, stage }: { name: string; stage: "waiting" | "warming-up" }) {
  const t = usePatientMessages();
  const waiting = stage === "waiting";
  return (
    <Paper withBorder p="lg" mb="lg" role="status">
      <Title order={2}>{t(waiting ? "waitingTitle" : "warmingTitle")}</Title>
      <Text mt="xs">{waiting ? t("waitingText", { name }) : t("warmingText")}</Text>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const state =
            index < awaited[stage] ? "stepDone" : index === awaited[stage] ? "stepNow" : "stepLater";
          return (
            <li key={step} data-state={state} aria-current={state === "stepNow" ? "step" : undefined}>
              <strong>{t(step)}</strong>
              <small>{t(state)}</small>
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}
