import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import prose from "./prose.module.css";

interface ConfirmButtonProps {
  words: string;
  /** Its name where the words alone do not tell it from others. */
  label?: string;
  /** What the second button says, which does it. */
  sure: string;
  keep: string;
  /** What becomes of things, said before the second button. */
  consequence?: string | undefined;
  disabled?: boolean;
  onConfirm: () => void;
}

/** For what is not to happen by a slip: the first click asks, the second one does it. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { words, label, sure, keep, consequence, disabled = false, onConfirm } = props;
  const [isAsking, setIsAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current && !isAsking) first.current?.focus();
    hasAsked.current = isAsking;
  }, [isAsking]);
  if (!isAsking)
    return (
      <Button
        ref={first}
        variant="default"
        aria-label={label}
        disabled={disabled}
        onClick={() => setIsAsking(true)}
      >
        {words}
      </Button>
    );
  return (
    <>
      {consequence && (
        <p className={prose.strong} role="status">
          {consequence}
        </p>
      )}
      {/* In the place of the first button, so that a double click does nothing. */}
      <Button variant="default" autoFocus onClick={() => setIsAsking(false)}>
        {keep}
      </Button>
      <Button
        color="red"
        disabled={disabled}
        onClick={() => {
          setIsAsking(false);
          onConfirm();
        }}
      >
        {sure}
      </Button>
    </>
  );
}
