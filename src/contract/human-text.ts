import * as z from "zod/mini";
import { isReadableText, isUsableText } from "./text.ts";

const somethingVisible = z.refine<string>(
  (text) => /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
  "required",
);

/**
 * A text that people write for people, on one line. Issue messages are
 * stable words; the client translates them.
 */
export const humanText = (mostCharacters: number) =>
  z.string("required").check(
    z.trim(),
    // One spelling for what looks the same.
    z.normalize("NFC"),
    z.minLength(1, "required"),
    // Characters, as JSON Schema counts them too: one beyond U+FFFF is one.
    z.refine((text) => [...text].length <= mostCharacters, "too-long"),
    z.refine(isUsableText, "characters"),
    somethingVisible,
    z.refine((text) => !isUsableText(text) || isReadableText(text), "characters"),
    z.meta({ maxLength: mostCharacters }),
  );

/** An ID that was made here. */
export const ownId = z.string().check(z.regex(/^[\w-]{1,64}$/, "unknown"));
