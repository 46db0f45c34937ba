/** Over plain http a browser has no clipboard of its own; a copy as by the keyboard works there too. */
function copyAsByKeyboard(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put);
  }
}

/** Puts a text on the clipboard; false when the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copyAsByKeyboard(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyAsByKeyboard(text),
  );
}
