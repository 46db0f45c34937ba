import { type ComponentProps, useRef } from "react";
import { Button } from "./button.tsx";

interface FileButtonProps extends Omit<ComponentProps<typeof Button>, "onClick"> {
  /** As the input has it. */
  accept: string;
  onFile: (file: File | undefined) => void;
}

/** A button that lets one choose a file. */
export function FileButton({ accept, onFile, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
      <Button {...button} onClick={() => input.current?.click()} />
    </>
  );
}
