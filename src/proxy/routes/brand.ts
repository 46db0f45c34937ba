import { Hono } from "hono";
import { type BrandInUse, brandInUse } from "#contract/brand.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { accentOf, ownAccent } from "../brand/accent.ts";
import { type Brand, type BrandPicture, brandPath, ownName } from "../brand/brand.ts";
import { stylesAddress, stylesOf } from "../brand/document.ts";
import { Failure } from "../failure.ts";
import { answerWhole } from "../http/common-headers.ts";
import { describe } from "./openapi.ts";

const shown = (picture: BrandPicture | null) => picture && { address: picture.address, ratio: picture.ratio };

function inUse(brand: Brand | null, hasChanged: boolean): BrandInUse {
  const { light, dark, contrasts } = brand?.accent ?? accentOf(ownAccent);
  return {
    folder: brand?.folder ?? null,
    name: brand?.name ?? ownName,
    logo: shown(brand?.logo ?? null),
    darkLogo: shown(brand?.darkLogo ?? null),
    support: brand?.support ?? null,
    legal: brand?.legal ?? null,
    accent: { given: brand?.accent?.given ?? null, light, dark, contrasts },
    notes: brand?.notes ?? [],
    hasChanged,
  };
}

/** The brand as administrators see it. */
export const createBrandRoute = (
  brand: Brand | null,
  hasChanged: () => boolean,
  requireRole: RequireRole,
): Hono<AppEnv> =>
  new Hono<AppEnv>().get(
    "/",
    requireRole("administrator"),
    describe("The brand in use, and what was refused or corrected of it", brandInUse),
    (c) => c.json(inUse(brand, hasChanged())),
  );

interface BrandFile {
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

/** `/brand-files/logo` of `/brand-files/logo-0a1b.svg`. */
const withoutHash = (address: string): string => address.replace(/-[^/-]*$/, "");

/** By their addresses; read when the server started, so that a file that is changed meanwhile is never shown half. */
function filesOf(brand: Brand): Map<string, BrandFile> {
  const pictures = [brand.logo, brand.darkLogo, brand.icon].flatMap((picture) => picture ?? []);
  return new Map<string, BrandFile>([
    ...pictures.map(({ address, type, bytes }) => [address, { type, body: bytes }] as const),
    [
      stylesAddress(brand),
      { type: "text/css; charset=utf-8", body: new TextEncoder().encode(stylesOf(brand)) },
    ],
  ]);
}

/** A picture that is opened by itself runs nothing and fetches nothing either. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** A brand's pictures and colours, for everybody: the sign-in page shows them. */
export function createBrandFiles(brand: Brand | null): Hono<AppEnv> {
  const files = brand ? filesOf(brand) : new Map<string, BrandFile>();
  const byPart = new Map([...files].map(([address, file]) => [withoutHash(address), file]));
  return new Hono<AppEnv>().get(`${brandPath}:name`, (c) => {
    const exact = files.get(c.req.path);
    // While servers are started anew one after the other, a page of one asks another: better today's logo than none.
    const file = exact ?? byPart.get(withoutHash(c.req.path));
    if (!file) throw new Failure("not-found", { detail: "There is nothing at this address." });
    return answerWhole(c, file.body, 200, {
      "content-type": file.type,
      "content-security-policy": policy,
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": exact ? "public, max-age=31536000, immutable" : "no-store",
    });
  });
}
