import { accentStyles } from "./accent.ts";
import { type Brand, type BrandPicture, brandPath, ownName } from "./brand.ts";
import { hashOf } from "./hash.ts";

/** As HTML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** From here on its name is taken to stand in it. */
const widthOfWordmark = 2;

/** A picture of about a square can stand in the browser's tab; a wordmark could not be read there. */
const isSquarish = ({ ratio }: BrandPicture): boolean => ratio >= 0.75 && ratio <= 1.34;
const iconOf = ({ icon, logo }: Brand): BrandPicture | null =>
  icon ?? (logo && isSquarish(logo) ? logo : null);

/**
 * The line at the foot of every page. What the software is stands there whatever it is called: who reports a fault, or
 * asks what it is, has to know. Both languages are there; the style sheet shows the one of the page.
 */
function footOf({ name, legal, support }: Brand): string {
  const made = (language: string, words: string) =>
    `<span lang="${language}">${name === null ? "" : `<bdi>${escaped(name)}</bdi> `}${words}</span>`;
  const help = (language: string, word: string) =>
    support
      ? `<span lang="${language}">${word}<a href="${escaped(support.href)}"><bdi>${escaped(support.text)}</bdi></a></span>`
      : "";
  return [
    legal && `<span><bdi>${escaped(legal)}</bdi></span>`,
    help("en", "Help: "),
    help("zh-CN", "帮助："),
    made("en", name === null ? `Made with ${ownName}` : `is made with ${ownName}`),
    made("zh-CN", `由 ${ownName} 提供技术支持`),
  ]
    .filter(Boolean)
    .join(" ");
}

/** At the head of what is printed of a page. */
function printedHeadOf({ name, logo }: Brand): string {
  const picture = logo ? `<img src="${logo.address}" alt="" height="28" />` : "";
  return `<p class="brand-head">${picture}${name === null || (logo && logo.ratio >= widthOfWordmark) ? "" : `<bdi>${escaped(name)}</bdi>`}</p>`;
}

const layout = `.brand-head{display:none}
body{display:flex;min-height:100dvh;flex-direction:column}
:root #root{flex:1;min-height:0}
.brand-foot{display:flex;flex-wrap:wrap;justify-content:center;gap:.25rem 1.25rem;padding:.5rem var(--page-gutter);border-block-start:1px solid var(--page-line);color:var(--mantine-color-dimmed);font-size:var(--mantine-font-size-xs);text-align:center}
.brand-foot a{color:var(--mantine-color-anchor)}
.brand-foot>*{max-width:100%;overflow-wrap:anywhere}
:root:lang(en) .brand-foot [lang=zh-CN],:root:lang(zh) .brand-foot [lang=en]{display:none}
@media print{body{display:block}.brand-head{display:flex;align-items:center;gap:.5rem;margin-block-end:.75rem;padding-block-end:.375rem;border-block-end:1.5px solid var(--mantine-primary-color-filled);font-weight:650}.brand-head img{width:auto;max-width:12rem;object-fit:contain}.brand-foot{justify-content:flex-start;padding:.5rem 0}}
`;

/** All of a brand that is a matter of style. */
export const stylesOf = ({ accent }: Brand): string => layout + (accent ? accentStyles(accent) : "");
export const stylesAddress = (brand: Brand): string => `${brandPath}styles-${hashOf(stylesOf(brand))}.css`;

/** What the client's scripts read (client/in-brand.ts). */
const shownOf = ({ name, logo, darkLogo }: Brand) => ({
  name: name ?? undefined,
  logo: logo?.address,
  dark: darkLogo?.address,
  ratio: logo?.ratio,
});

function replaceOnce(html: string, before: string | RegExp, after: string): string {
  if (html.search(before) < 0) throw new Error(`index.html no longer has ${before}`);
  return html.replace(before, () => after);
}

/** Whether anything of a folder is shown: with nothing right in it, all is as without it. */
export const isWorn = (brand: Brand): boolean =>
  [brand.name, brand.logo, brand.icon, brand.accent, brand.support, brand.legal].some(
    (part) => part !== null,
  );

/** The client's document as a brand has it; `isAlone`: where no server has its style sheet. */
export function brandedDocument(
  html: string,
  brand: Brand | null,
  { isAlone = false }: { isAlone?: boolean } = {},
): string {
  if (!brand || !isWorn(brand)) return html;
  const name = escaped(brand.name ?? ownName);
  const icon = iconOf(brand);
  const shown = escaped(JSON.stringify(shownOf(brand)));
  const styles = isAlone
    ? `<style>${stylesOf(brand)}</style>`
    : `<link rel="stylesheet" href="${stylesAddress(brand)}" />`;
  const head = `<meta name="application-name" content="${name}" />${styles}`;
  const changes: [before: string | RegExp, after: string][] = [
    ["<title>Trendline</title>", `<title>${name}</title>${head}`],
    ['<html lang="en"', `<html lang="en" data-brand="${shown}"`],
    ["<noscript>Trendline", `<noscript>${name}`],
    ["<body>", `<body>${printedHeadOf(brand)}`],
    ["</body>", `<footer class="brand-foot">${footOf(brand)}</footer></body>`],
    ...(icon
      ? [
          [/<link rel="icon"[^>]*>/, `<link rel="icon" href="${icon.address}" type="${icon.type}" />`] as [
            RegExp,
            string,
          ],
        ]
      : []),
  ];
  return changes.reduce((text, [before, after]) => replaceOnce(text, before, after), html);
}
