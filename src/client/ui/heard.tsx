import { useEffect, useRef, useState } from "react";
import prose from "./prose.module.css";

const heardEveryMs = 20_000;

/**
 * For screen readers: at once when `kind` changes, else now and then, since every
 * second's numbers would talk over all else.
 */
export function Heard({ words, kind }: { words: string; kind: string }) {
  const latest = useRef(words);
  const [heard, setHeard] = useState(words);
  useEffect(() => {
    latest.current = words;
  }, [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind is heard at once.
  useEffect(() => {
    const renew = () => setHeard(latest.current);
    renew();
    const timer = setInterval(renew, heardEveryMs);
    return () => clearInterval(timer);
  }, [kind]);
  return (
    <span className={prose.unseen} role="status">
      {heard}
    </span>
  );
}
