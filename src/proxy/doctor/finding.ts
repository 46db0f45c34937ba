export interface Finding {
  level: "ok" | "warn" | "fail";
  /** What was looked at, in a word or two. */
  what: string;
  /** What was found and, unless all is well, what to do. Never a secret. */
  words: string;
}

const finding = (level: Finding["level"]) => (what: string, words: string) => ({ level, what, words });

export const ok = finding("ok");
export const warn = finding("warn");
export const fail = finding("fail");

/** The code of an error or of what caused it, such as ECONNREFUSED; its message may quote a secret. */
export function codeOf(error: unknown): string {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
    if (one instanceof AggregateError && one.errors.length > 0) return codeOf(one.errors[0]);
  }
  return "";
}
