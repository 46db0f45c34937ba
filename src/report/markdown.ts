/** What Markdown would take for markup in a value stays what it was. */
export const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
