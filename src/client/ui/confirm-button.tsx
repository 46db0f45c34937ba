import { Button } from "@mantine/core";
import { useState } from "react";

interface ConfirmButtonProps {
  words: string;
  /** What the second button says, which does it. */
  sure: string;
  keep: string;
  disabled?: boolean;
  onConfirm: () => void;
}

/** For what cannot be undone: the first click asks, the second one does it. */
export function ConfirmButton({ words, sure, keep, disabled = false, onConfirm }: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking)
    return (
      <Button variant="default" disabled={disabled} onClick={() => setIsAsking(true)}>
        {words}
      </Button>
    );
  return (
    <>
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
      <Button variant="default" onClick={() => setIsAsking(false)}>
        {keep}
      </Button>
    </>
  );
}
