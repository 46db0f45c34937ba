interface Brand {
  name: string;
  logo: string;
  dark?: string;
  /** Width ÷ height. */
  ratio?: number;
}

/** What the product is called and shown as. The server writes a partner's into the document (proxy/brand/document.ts). */
export const brand: Brand = {
  name: "Trendline",
  logo: "/icon.svg",
  ...JSON.parse(document.documentElement.dataset.brand ?? "{}"),
};

/** Chinese has no blanks around a name of its own script. */
const name = /^\p{Script=Han}/u.test(brand.name)
  ? /(?:(?<=\p{Script=Han}) )?Trendline(?: (?=\p{Script=Han}))?/gu
  : "Trendline";

/** A sentence of the catalogs, in which the product is Trendline. */
export const inBrand = (text: string): string => text.replaceAll(name, () => brand.name);
