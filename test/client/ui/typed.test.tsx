import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { useTyped } from "#client/ui/typed.ts";

function Field({ value, onSend }: { value: string; onSend: (typed: string) => void }) {
  const [typed, type] = useTyped(value, onSend, 1);
  return <input value={typed} onChange={(event) => type(event.currentTarget.value)} />;
}

test("a field follows a value that changes beneath it", () => {
  const { rerender } = render(<Field value="10.0.0.1" onSend={() => {}} />);
  rerender(<Field value="10.0.0.2" onSend={() => {}} />);
  expect(screen.getByRole("textbox")).toHaveValue("10.0.0.2");
  rerender(<Field value="" onSend={() => {}} />);
  expect(screen.getByRole("textbox")).toHaveValue("");
});

test("what comes back as it was sent takes nothing away from what is being typed", async () => {
  const sent: string[] = [];
  function Page() {
    const [value, setValue] = useState("");
    return (
      <Field
        value={value}
        onSend={(typed) => {
          sent.push(typed);
          setValue(typed);
        }}
      />
    );
  }
  render(<Page />);
  await userEvent.type(screen.getByRole("textbox"), "10. ");
  await waitFor(() => expect(sent.at(-1)).toBe("10."));
  expect(screen.getByRole("textbox")).toHaveValue("10. ");
});
