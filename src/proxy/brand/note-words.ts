import type { BrandNote } from "#contract/brand.ts";
import english from "#words/locales/en/brand.json" with { type: "json" };
import { say, sentencesOf } from "#words/messages.ts";
import { ownName } from "./brand.ts";

const sentences = sentencesOf(english);

/** A note for whoever starts the server: which part of the brand, what is wrong, and what is shown. */
export function noteWords({ kind, code, key, file, values }: BrandNote): string {
  const words = (name: string, more = {}) => say("en", [sentences], [name], more);
  const found = words(`note.${code}`, {
    ...values,
    file,
    ...(values.kind === "?" ? { kind: words("otherKind") } : {}),
  });
  const where = key ? `${words(`key.${key}`)} (${key}): ` : "";
  return `${where}${found}${kind === "refused" && code !== "unknown-key" ? ` ${words("instead", { own: ownName })}` : ""}`;
}
