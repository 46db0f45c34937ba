import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";

interface TestedStep {
  name: string;
  /** Null where it works. */
  why: string | null;
}

/** The button that tries a connection. */
export function TestButton({
  name,
  test,
}: {
  name: string;
  test: { isPending: boolean; mutate: () => void };
}) {
  const t = useMessages("exchange");
  return (
    <Button
      variant="default"
      aria-label={t("testOf", { name })}
      loading={test.isPending}
      onClick={() => test.mutate()}
    >
      {t("test")}
    </Button>
  );
}

interface TestResultProps {
  steps: TestedStep[] | undefined;
  error: Error | null;
  allWorks: string;
}

/** What came of it, step by step. */
export function TestResult({ steps, error, allWorks }: TestResultProps) {
  const t = useMessages("exchange");
  if (error) return <Failure error={error} title={t("testFailed")} />;
  if (!steps) return null;
  return (
    <div role="status">
      <ul>
        {steps.map(({ name, why }) => (
          <li key={name}>{why === null ? t("works", { step: name }) : t("fails", { step: name, why })}</li>
        ))}
      </ul>
      {steps.every(({ why }) => why === null) && <p>{allWorks}</p>}
    </div>
  );
}
