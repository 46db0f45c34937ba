import { useEffect, useState } from "react";
import type { Frame } from "./frame.tsx";

// Under way before anything is drawn, and mostly here by then.
let loaded: typeof Frame | null = null;
const loading = import("./frame.tsx").then((module) => {
  loaded = module.Frame;
});

/** Null until its code is here: the curve does not wait for it. */
export function useFrame(): typeof Frame | null {
  const [, setLoaded] = useState(loaded !== null);
  useEffect(() => {
    let isGone = false;
    if (!loaded) loading.then(() => !isGone && setLoaded(true));
    return () => {
      isGone = true;
    };
  }, []);
  return loaded;
}
