import { expect, onTestFinished, test, vi } from "vitest";
import { copyText } from "#client/ui/copy.ts";

/** A browser's clipboard, or none as over plain http, and its copy by the keyboard. */
function browser({ clipboard, copies }: { clipboard: object | undefined; copies: boolean }) {
  let copied = "";
  vi.stubGlobal("navigator", { clipboard });
  document.execCommand = () => {
    const event = new Event("copy", { cancelable: true });
    Object.assign(event, { clipboardData: { setData: (_: string, text: string) => (copied = text) } });
    if (copies) document.dispatchEvent(event);
    return copies;
  };
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return () => copied;
}

test("over plain http, where a browser has no clipboard for pages, a text is copied all the same", async () => {
  const copied = browser({ clipboard: undefined, copies: true });
  expect([await copyText("P-1"), copied()]).toEqual([true, "P-1"]);
});

test("a clipboard that refuses is gone round, and where nothing helps that is said", async () => {
  const clipboard = { writeText: () => Promise.reject(new Error("denied")) };
  const copied = browser({ clipboard, copies: true });
  expect([await copyText("P-1"), copied()]).toEqual([true, "P-1"]);
  browser({ clipboard, copies: false });
  expect(await copyText("P-1")).toBe(false);
});
