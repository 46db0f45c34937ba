import { Button, Text } from "@mantine/core";
import { useState } from "react";

interface ConfirmButtonProps {
  words: string;
  /** What the second button says, which does it. */
  sure: string;
  keep: string;
  /** What becomes of things, said before the second button. */
  consequence?: string | undefined;
  disabled?: boolean;
  onConfirm: () => void;
}

/** For what cannot be undone: the first click asks, the second one does it. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { words, sure, keep, consequence, disabled = false, onConfirm } = props;
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking)
    return (
      <Button variant="default" disabled={disabled} onClick={() => setIsAsking(true)}>
        {words}
      </Button>
    );
  return (
    <>
      {consequence && (
        <Text fw={600} role="status">
          {consequence}
        </Text>
      )}
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
