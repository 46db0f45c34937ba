import { useState } from "react";
import prose from "./prose.module.css";

interface Said<Word> {
  readonly word: Word;
  readonly times: number;
}

/** What a button has brought about, and how often: saying the same again is news. */
export function useSaid<Word extends string>() {
  const [said, setSaid] = useState<Said<Word> | null>(null);
  const say = (word: Word) => setSaid((before) => ({ word, times: (before?.times ?? 0) + 1 }));
  return [said, say] as const;
}

/** Shows it, and is heard each time. */
export function SaidStatus<Word>({
  said,
  words,
}: {
  said: Said<Word> | null;
  words: (word: Word) => string;
}) {
  return (
    <p className={prose.small} role="status">
      {said && <span key={said.times}>{words(said.word)}</span>}
    </p>
  );
}
