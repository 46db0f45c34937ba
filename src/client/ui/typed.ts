import { useEffect, useRef, useState } from "react";

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
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const latestSend = useRef(send);
  latestSend.current = send;
  const sendSoon = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = text;
      latestSend.current(text);
    }, pauseMs);
  };
  if (value !== known) {
    setKnown(value);
    if (value !== sent.current) {
      setTyped(value);
      clearTimeout(timer.current);
    }
    sent.current = null;
  }
  const type = (text: string) => {
    setTyped(text);
    sendSoon(text.trim());
  };
  return [typed, type];
}
