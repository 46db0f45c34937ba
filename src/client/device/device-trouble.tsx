import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { ApiError, type FailureCode } from "../http.ts";
import { sessionQuery } from "../session.ts";
import { Failure } from "../ui/failure.tsx";
import { isNearSerial } from "./near-serial.ts";
import { useLookups } from "./recent-lookups.ts";
import { SerialText } from "./serial-text.tsx";
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

/** Serials looked up before that are one slip away from this one: offered, never put in its place. */
function NearSerials({ serial }: { serial: string }) {
  const t = useTroubleMessages();
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const near = useLookups(account).filter((lookup) => lookup.state && isNearSerial(lookup.serial, serial));
  if (near.length === 0) return null;
  return (
    <Text>
      {t("near")}{" "}
      {near.map((lookup) => (
        <Anchor
          key={lookup.serial}
          component={Link}
          to={`/devices/${encodeURIComponent(lookup.serial)}`}
          mr="sm"
        >
          <SerialText serial={lookup.serial} />
        </Anchor>
      ))}
    </Text>
  );
}

/** Why there is no answer for this serial, and what the agent can tell the caller. */
export function DeviceTrouble({
  serial,
  error,
  onRetry,
}: {
  serial: string;
  error: Error;
  onRetry: () => void;
}) {
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
      {trouble === "unknown" && <NearSerials serial={serial} />}
    </Stack>
  );
}
