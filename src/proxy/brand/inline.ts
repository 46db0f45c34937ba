import type { Brand, BrandPicture } from "./brand.ts";

const asData = (picture: BrandPicture | null): BrandPicture | null =>
  picture && {
    ...picture,
    address: `data:${picture.type};base64,${Buffer.from(picture.bytes).toString("base64")}`,
  };

/** A brand whose pictures are in their addresses, for pages without a server that has files. */
export const withPicturesWithin = (brand: Brand): Brand => ({
  ...brand,
  logo: asData(brand.logo),
  darkLogo: asData(brand.darkLogo),
  icon: asData(brand.icon),
});
