import * as z from "zod/mini";

/**
 * What no text for people holds: control characters, line separators, halves of a character (lone surrogates), code points that are
 * none, and what turns the direction of the text beside it.
 */
const unusable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]/u;
const everyUnusable = new RegExp(unusable, "gu");

export const isUsableText = (text: string): boolean => !unusable.test(text);

/** The same without what no text for people holds, for one that somebody else wrote. */
export const usableText = (text: string): string => text.replace(everyUnusable, "");

/** Whether every database keeps it as it is: PostgreSQL takes no U+0000, and halves of a character come back as another one. */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

/** The first so many code units, and no half of a character at the end. */
export const beginningOf = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");

const somethingVisible = z.refine<string>(
  (text) => /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
  "required",
);

/** A text that people write for people, on one line. Issue messages are stable words; the client translates them. */
export const humanText = (mostCharacters: number) =>
  z.string("required").check(
    z.trim(),
    z.minLength(1, "required"),
    // Characters, as JSON Schema counts them too: one beyond U+FFFF is one.
    z.refine((text) => [...text].length <= mostCharacters, "too-long"),
    z.refine(isUsableText, "characters"),
    somethingVisible,
    z.meta({ maxLength: mostCharacters }),
  );

/** An ID that was made here. */
export const ownId = z.string().check(z.regex(/^[\w-]{1,64}$/, "unknown"));
