import * as z from "zod/mini";
import { isReadableText, isUsableText } from "./text.ts";

const somethingVisible = z.refine<string>(
  (text) => /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
  "required",
);

/** Without the breaks between lines. */
const onOneLine = (text: string) => text.replaceAll("\n", "");

/** Issue messages are stable words; the client translates them. */
const textOf = (mostCharacters: number, spell: (text: string) => string, isUsable: typeof isUsableText) =>
  z.string("required").check(
    z.overwrite(spell),
    z.trim(),
    // One spelling for what looks the same.
    z.normalize("NFC"),
    z.minLength(1, "required"),
    // Characters, as JSON Schema counts them too: one beyond U+FFFF is one.
    z.refine((text) => [...text].length <= mostCharacters, "too-long"),
    z.refine(isUsable, "characters"),
    somethingVisible,
    z.refine((text) => !isUsable(text) || isReadableText(text), "characters"),
    z.meta({ maxLength: mostCharacters }),
  );

/** A text that people write for people, on one line. */
export const humanText = (mostCharacters: number) => textOf(mostCharacters, (text) => text, isUsableText);

/** The same on as many lines as it takes. A tab counts as a space. */
export const humanLines = (mostCharacters: number) =>
  textOf(
    mostCharacters,
    (text) => text.replace(/\r\n?/g, "\n").replaceAll("\t", " "),
    (text) => isUsableText(onOneLine(text)),
  );

/** An ID that was made here. */
export const ownId = z.string().check(z.regex(/^[\w-]{1,64}$/, "unknown"));
