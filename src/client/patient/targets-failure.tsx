import { Text } from "@mantine/core";
import { useMessages } from "../i18n.ts";
import { useFailureWords } from "../ui/plain-failure.tsx";

export function TargetsFailure({ error }: { error: Error }) {
  const t = useMessages("patient", "targets");
  return (
    <Text role="alert" c="var(--mantine-color-error)">
      {t("targetsFailed")} {useFailureWords(error).title}.
    </Text>
  );
}
