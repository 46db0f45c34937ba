import type { ReactNode } from "react";

export interface Fact {
  readonly key: string;
  readonly name: ReactNode;
  readonly value: ReactNode;
}

interface FactsProps {
  facts: readonly Fact[];
  label?: string;
  className?: string | undefined;
}

/** Names with their values. */
export function Facts({ facts, label, className }: FactsProps) {
  return (
    <dl className={className} aria-label={label}>
      {facts.map(({ key, name, value }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
