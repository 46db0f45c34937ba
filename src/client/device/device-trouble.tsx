import { Stack, Text, Title } from "@mantine/core";
import { ApiError, type FailureCode } from "../http.ts";
import { Failure } from "../ui/failure.tsx";
import { useTroubleMessages } from "./trouble-messages.ts";

type Trouble = "unknown" | "refused" | "outage";

const outages: readonly FailureCode[] = [
  "offline",
  "bad-answer",
  "internal",
  "platform-unreachable",
  "platform-timeout",
  "platform-unauthorized",
  "platform-error",
  "platform-malformed",
];

function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === "device-unknown") return "unknown";
  if (error.code === "platform-refused") return "refused";
  return outages.includes(error.code) ? "outage" : null;
}

const titles = { unknown: undefined, refused: "refusedTitle", outage: "outageTitle" } as const;
const words = { unknown: "unknownSay", refused: "refusedSay", outage: "outageSay" } as const;

/** Why there is no answer for this serial, and what the agent can tell the caller. */
export function DeviceTrouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTroubleMessages();
  const trouble = troubleOf(error);
  const title = trouble ? titles[trouble] : "otherTitle";
  return (
    <Stack>
      <Failure error={error} title={title && t(title)} onRetry={onRetry} />
      {trouble && (
        <section aria-labelledby="device-caller">
          <Title order={2} size="h4" id="device-caller">
            {t("caller")}
          </Title>
          <Text maw="44rem">{t(words[trouble])}</Text>
        </section>
      )}
    </Stack>
  );
}
