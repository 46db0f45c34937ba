/** What a sensor's verdict begins with; see sensor/verdict.ts. */
export const headlineCodes = [
  "unbound",
  "bound",
  "unknown",
  "never-sent",
  "warming-up",
  "no-values",
  "overdue",
  "silent",
  "poor",
  "patchy",
  "working",
  "irregular",
  "ended-early",
  "ended-late",
  "ended-on-time",
  "ended-doubtful",
  "ended",
] as const;
export type HeadlineCode = (typeof headlineCodes)[number];
