import { type ReactNode, useEffect, useReducer, useRef } from "react";

interface CheckedFormProps {
  className?: string | undefined;
  onSubmit: (form: HTMLFormElement) => void;
  children: ReactNode;
}

/**
 * A form that checks its fields itself: where a submit is refused, here or by the server, the first
 * field that is wrong takes the focus.
 */
export function CheckedForm({ className, onSubmit, children }: CheckedFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const isSent = useRef(false);
  // The same refusal once more changes nothing else.
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // With every drawing, since a refusal may come at once or with the server's answer.
  useEffect(() => {
    const wrong = isSent.current && form.current?.querySelector<HTMLElement>("[aria-invalid='true']");
    if (!wrong) return;
    isSent.current = false;
    wrong.focus();
  });
  return (
    <form
      ref={form}
      className={className}
      noValidate
      // Who types on meanwhile is not called away.
      onInput={() => {
        isSent.current = false;
      }}
      onSubmit={(event) => {
        event.preventDefault();
        isSent.current = true;
        redraw();
        onSubmit(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}
