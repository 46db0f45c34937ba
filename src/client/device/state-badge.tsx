import { Badge } from "@mantine/core";
import type { Device } from "#contract/device.ts";
import { useMessages } from "../i18n.ts";

type State = Device["state"];

/** The mark tells the states apart where colour cannot. */
const looks: Record<State, { color: string; mark: string }> = {
  unbound: { color: "gray", mark: "○" },
  bound: { color: "indigo.8", mark: "◐" },
  activated: { color: "lagoon.7", mark: "●" },
  ended: { color: "dark.4", mark: "■" },
  unknown: { color: "yellow.4", mark: "?" },
};

export function StateBadge({ state, size }: { state: State; size: "md" | "lg" }) {
  const t = useMessages("device", "life");
  const { color, mark } = looks[state];
  return (
    <Badge color={color} size={size} tt="none" autoContrast leftSection={<span aria-hidden>{mark}</span>}>
      {t(`state.${state}`)}
    </Badge>
  );
}
