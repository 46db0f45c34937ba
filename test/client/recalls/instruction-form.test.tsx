import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { InstructionForm } from "#client/recalls/instruction-form.tsx";

test("what wearers are told may hold a telephone number, and of a glucose value it is said which figure it is", () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InstructionForm id="r1" instruction={{ en: null, "zh-CN": null }} told={0} />
    </QueryClientProvider>,
  );
  const english = screen.getByLabelText("What wearers are told, in English");
  const save = screen.getByRole("button", { name: "Save" });
  fireEvent.change(english, { target: { value: "Take it off and call 0800 123 456 within 24 hours." } });
  expect(english).toBeValid();
  expect(save).toBeEnabled();
  const chinese = screen.getByLabelText("What wearers are told, in Chinese");
  fireEvent.change(chinese, { target: { value: "若显示7点8，请取下。" } });
  expect(chinese).toHaveAccessibleDescription(/“显示7点8” could be a glucose value.*leave the figure out/);
  expect(save).toBeDisabled();
});
