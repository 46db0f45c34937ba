import type { Letterhead } from "../pdf/letterhead.ts";
import type { Brand } from "./brand.ts";
import { isWorn } from "./document.ts";
import { isInPdfFonts } from "./pdf-fonts.ts";

const written = (text: string | null): string | null => (text !== null && isInPdfFonts(text) ? text : null);

/** What PDF files have of a brand; null where they are Trendline's own. */
export const letterheadOf = (brand: Brand | null): Letterhead | null =>
  brand && (isWorn(brand) || brand.pdfLogo)
    ? {
        logo: brand.pdfLogo,
        name: written(brand.name),
        legal: written(brand.legal),
        color: brand.accent?.light["--mantine-primary-color-filled"] ?? null,
      }
    : null;
