import { useDebouncedCallback } from "@mantine/hooks";
import { useRef, useState } from "react";

/**
 * What is typed over a value that can change beneath it, by Back or from elsewhere: it is sent after a pause,
 * and a value that was not sent from here takes its place.
 */
export function useTyped(
  value: string,
  send: (typed: string) => void,
  pauseMs: number,
): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const sent = useRef<string | null>(null);
  const sendSoon = useDebouncedCallback((text: string) => {
    sent.current = text;
    send(text);
  }, pauseMs);
  if (value !== known) {
    setKnown(value);
    if (value !== sent.current) {
      setTyped(value);
      sendSoon.cancel();
    }
    sent.current = null;
  }
  const type = (text: string) => {
    setTyped(text);
    sendSoon(text.trim());
  };
  return [typed, type];
}
