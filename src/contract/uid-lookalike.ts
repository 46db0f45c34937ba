/** Letters of other scripts that are drawn as Latin ones. */
const foreign = "АВЕКМНОРСТХУІЅЈавекмнорстхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορι";
const latin = "ABEKMHOPCTXYISJabekmhopctxyisjABEZHIKMNOPTYXavopi";
const drawnAs = new Map([...foreign].map((letter, index) => [letter, latin[index] ?? letter]));

/**
 * What partner user IDs have in common that are easily taken for each other: they differ in capitals, width,
 * accents, the kind of a dash, characters that show nothing, O and 0, l, I and 1, letters of another script,
 * or zeros that a spreadsheet takes from the front of a number.
 */
export const uidLookalikeKey = (partnerUid: string): string =>
  [...partnerUid.normalize("NFKD")]
    .map((letter) => drawnAs.get(letter) ?? letter)
    .join("")
    .replace(/[\p{M}\p{C}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .toLowerCase()
    .replace(/o/g, "0")
    .replace(/[lıi|]/g, "1")
    .replace(/(?<!\d)0+(?=\d)/g, "")
    .trim();
