import type { Language } from "#words/language.ts";
import type { Entry, Line, TextBlock, TextReport } from "./report.ts";

/** What Markdown would take for markup in a value stays what it was. */
export const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");

const quoted = (text: string): string =>
  escaped(text)
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");

/** A text of several lines is quoted below its name. */
const lineOf = ({ name, value }: Line, colon: string): string =>
  value.includes("\n")
    ? `\n**${escaped(name)}${colon}**\n\n${quoted(value)}\n`
    : `- **${escaped(name)}${colon}** ${escaped(value)}`;

const entryOf = ({ head, texts }: Entry): string => `**${escaped(head)}**\n\n${quoted(texts.join("\n\n"))}`;

function blockOf(block: TextBlock, language: Language): string {
  const colon = language === "en" ? ":" : "：";
  switch (block.kind) {
    case "heading":
      return `## ${escaped(block.text)}`;
    case "paragraph":
      return escaped(block.text);
    case "lines":
      return block.lines.map((line) => lineOf(line, colon)).join("\n");
    case "entries":
      return block.entries.map(entryOf).join("\n\n");
  }
}

export function toMarkdown({ title, blocks, language }: TextReport): string {
  const parts = [`# ${escaped(title)}`, ...blocks.map((block) => blockOf(block, language))];
  return `${parts
    .join("\n\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
