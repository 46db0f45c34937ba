/** The end of a text that a pattern matches: it is read backwards, so that what stands before takes no time. */
export function endOf(pattern: string, flags = "iu"): (text: string) => string | null {
  const atEnd = new RegExp(`(?<=(${pattern}))`, `${flags}y`);
  return (text) => {
    atEnd.lastIndex = text.length;
    return atEnd.exec(text)?.[1] ?? null;
  };
}

/** Whether there is one. */
export function endsIn(pattern: string, flags?: string): (text: string) => boolean {
  const end = endOf(pattern, flags);
  return (text) => end(text) !== null;
}
