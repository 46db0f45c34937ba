import type { BrandKey, BrandNote } from "#contract/brand.ts";
import type { Accent } from "./accent.ts";

export interface BrandPicture {
  file: string;
  type: "image/png" | "image/svg+xml";
  bytes: Uint8Array<ArrayBuffer>;
  /** Width ÷ height. */
  ratio: number;
  /** Where the browser finds it; another one as soon as a byte of it is another. */
  address: string;
}

export interface Contact {
  text: string;
  href: string;
}

/** What a partner calls and shows the product as. What is null is Trendline's own. */
export interface Brand {
  folder: string;
  name: string | null;
  logo: BrandPicture | null;
  darkLogo: BrandPicture | null;
  /** In the browser's tab. */
  icon: BrandPicture | null;
  /** On white, without transparency, for PDF files. */
  pdfLogo: { png: Uint8Array<ArrayBuffer>; ratio: number } | null;
  accent: Accent | null;
  support: Contact | null;
  legal: string | null;
  notes: BrandNote[];
  /** Of all that was read. */
  fingerprint: string;
}

export const ownName = "Trendline";
/** Where a brand's files are for the browser. */
export const brandPath = "/brand-files/";

/** What was read, or why it is not used. */
export type Read<T> = { is: T } | { no: Omit<BrandNote, "kind" | "key"> };

export const no = (
  code: BrandNote["code"],
  file: string,
  values: BrandNote["values"] = {},
): { no: Omit<BrandNote, "kind" | "key"> } => ({ no: { code, file, values } });

export const refused = (
  key: BrandKey | null,
  { no: fault }: { no: Omit<BrandNote, "kind" | "key"> },
): BrandNote => ({ kind: "refused", key, ...fault });
