import { useEffect, useState } from "react";
import type { Frame } from "./frame.tsx";

// Under way while the curve is drawn, which does not wait for it.
const frame = import("./frame.tsx");

/** Null until the curve is on screen: it comes first, what stands around it with the next frames. */
export function useFrameAfterPaint(): typeof Frame | null {
  const [loaded, setLoaded] = useState<{ Frame: typeof Frame } | null>(null);
  useEffect(() => {
    let isGone = false;
    requestAnimationFrame(() =>
      requestAnimationFrame(async () => {
        const module = await frame;
        if (!isGone) setLoaded(module);
      }),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return loaded?.Frame ?? null;
}
