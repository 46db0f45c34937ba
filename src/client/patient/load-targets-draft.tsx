import { type ComponentProps, lazy, Suspense, useState } from "react";
import type * as draft from "./targets-draft.tsx";

let loaded: typeof draft | undefined;
let loading: Promise<typeof draft> | undefined;

/** Asked for when somebody turns to the choice of targets. */
export function loadTargetsDraft(): Promise<typeof draft> {
  loading ??= import("./targets-draft.tsx").then(
    (module) => {
      loaded = module;
      return module;
    },
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

const LazyDraft = lazy(async () => ({ default: (await loadTargetsDraft()).TargetsDraft }));
type Props = ComponentProps<typeof LazyDraft>;

export function TargetsDraft(props: Props) {
  // What is there already is shown at once; React would wait before it shows what was lazy.
  const [Draft] = useState(() => loaded?.TargetsDraft ?? LazyDraft);
  return (
    <Suspense>
      <Draft {...props} />
    </Suspense>
  );
}
