import { useMessages } from "../i18n.ts";
import { useFailureWords } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";

export function TargetsFailure({ error }: { error: Error }) {
  const t = useMessages("patient", "targets");
  return (
    <p className={prose.fault} role="alert">
      {t("targetsFailed")} {useFailureWords(error).title}.
    </p>
  );
}
