import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The client as it begins in a browser: no words are there yet. */
async function begin() {
  const { loadCatalogs, useMessages } = await import("#client/i18n.ts");
  const preferences = await import("#client/preferences.ts");
  const { LanguageChoice } = await import("#client/ui/language-choice.tsx");
  function Form() {
    const t = useMessages("record");
    return <input aria-label={t("registered")} lang={preferences.usePreferences().language} />;
  }
  await loadCatalogs(["record", "ui", "domain"]);
  render(
    <>
      <LanguageChoice />
      <Form />
    </>,
  );
  return preferences;
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.doUnmock("#words/locales/zh-CN/record.json"));

test("the old language stays, dates and words, until the other one's words are there; a form keeps what is typed", async () => {
  const { setPreferences } = await begin();
  const field = screen.getByRole("textbox", { name: "Registered here" });
  await userEvent.type(field, "Ada");
  let loading: Promise<void> | undefined;
  act(() => {
    loading = setPreferences({ language: "zh-CN" });
  });
  expect(field).toHaveAccessibleName("Registered here");
  expect(field).toHaveAttribute("lang", "en");
  await act(async () => loading);
  expect(field).toHaveAccessibleName("登记时间");
  expect(field).toHaveAttribute("lang", "zh-CN");
  expect(document.documentElement).toHaveAttribute("lang", "zh-CN");
  expect(field).toHaveValue("Ada");
});

test("of two languages chosen one after the other, the last one is shown, whichever comes first", async () => {
  const { getPreferences, setPreferences } = await begin();
  await act(async () => {
    const loading = setPreferences({ language: "zh-CN" });
    setPreferences({ language: "en" });
    await loading;
  });
  expect(getPreferences().language).toBe("en");
});

test("a page that is opened while another language is on its way has its words too", async () => {
  const { setPreferences } = await begin();
  const { loadCatalogs, useMessages } = await import("#client/i18n.ts");
  const Title = () => <h1>{useMessages("staff")("inactive")}</h1>;
  await act(async () => {
    const loading = setPreferences({ language: "zh-CN" });
    await loadCatalogs(["staff"]);
    await loading;
  });
  render(<Title />);
  expect(screen.getByRole("heading", { name: "已停用" })).toBeVisible();
});

test("words that cannot be fetched leave the old language, and say so; a unit chosen with them is shown", async () => {
  vi.doMock("#words/locales/zh-CN/record.json", () => {
    throw new Error("offline");
  });
  const { getPreferences, setPreferences } = await begin();
  await userEvent.click(screen.getByRole("radio", { name: "中文" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The language could not be loaded.");
  expect(screen.getByRole("radio", { name: "English" })).toBeChecked();
  await act(async () => setPreferences({ unit: "mg/dL" })?.catch(() => {}));
  expect(getPreferences()).toEqual({ unit: "mg/dL", language: "en", singleKeys: true });
});
