import * as z from "zod/mini";

/** What a brand has of its own, as `brand.json` names it. */
export const brandKeys = [
  "name",
  "logo",
  "darkLogo",
  "icon",
  "pdfLogo",
  "accent",
  "support",
  "legal",
] as const;
export type BrandKey = (typeof brandKeys)[number];

/** What is wrong with a brand's folder or a part of it, or good to know. */
const brandNotes = [
  "no-folder",
  "not-a-folder",
  "unreadable",
  "no-brand-file",
  "missing",
  "not-a-file",
  "empty",
  "too-large",
  "not-utf8",
  "not-json",
  "not-an-object",
  "unknown-key",
  "not-text",
  "empty-text",
  "long-text",
  "unusable-text",
  "no-colour",
  "no-contact",
  "not-a-file-name",
  "not-png",
  "not-svg",
  "damaged",
  "moving",
  "interlaced",
  "picture-size",
  "picture-shape",
  "icon-shape",
  "dark-alone",
  "svg-part",
  "svg-too-much",
  "svg-no-view-box",
  "svg-blank",
  "corrected",
  "like-a-range",
  "no-pdf-logo",
  "not-in-pdf",
  "nothing",
] as const;

const note = z.object({
  /** `refused`: Trendline's own is shown in its place. `corrected`: it is shown otherwise. `advice`: it is shown as it is. */
  kind: z.enum(["refused", "corrected", "advice"]),
  code: z.enum(brandNotes),
  /** Null where it is about the whole. */
  key: z.nullable(z.enum(brandKeys)),
  /** The folder, or a file in it. */
  file: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type BrandNote = z.infer<typeof note>;

const contrastPlaces = [
  "button",
  "button-hover",
  "link",
  "link-on-panel",
  "link-on-grey",
  "light-button",
  "light-button-hover",
  "edge",
  "current-page",
  "way-in",
  "way-in-small",
] as const;

const contrast = z.object({
  place: z.enum(contrastPlaces),
  scheme: z.enum(["light", "dark"]),
  foreground: z.string(),
  background: z.string(),
  ratio: z.number(),
  needed: z.number(),
});
export type Contrast = z.infer<typeof contrast>;

const picture = z.object({
  address: z.string(),
  /** Width ÷ height. */
  ratio: z.number(),
});
export type ShownPicture = z.infer<typeof picture>;

/** `GET /api/brand`, for administrators: the brand in use, with what was refused, corrected and measured. */
export const brandInUse = z.object({
  /** Null without BRAND_DIR. */
  folder: z.nullable(z.string()),
  name: z.string(),
  /** Null where it is Trendline's own. */
  logo: z.nullable(picture),
  darkLogo: z.nullable(picture),
  support: z.nullable(z.object({ text: z.string(), href: z.string() })),
  legal: z.nullable(z.string()),
  accent: z.object({
    /** As brand.json has it; null where it is Trendline's own. */
    given: z.nullable(z.string()),
    /** CSS variables of each scheme. */
    light: z.record(z.string(), z.string()),
    dark: z.record(z.string(), z.string()),
    contrasts: z.array(contrast),
  }),
  notes: z.array(note),
  /** What lies in the folder now is not what this server has read when it started. */
  hasChanged: z.boolean(),
});
export type BrandInUse = z.infer<typeof brandInUse>;
