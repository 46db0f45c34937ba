import { join, relative } from "node:path";
import type { Plugin } from "vite";
import { root } from "./built.ts";

const demo = join(root, "src/demo");

/**
 * Where the client knows that it lies at the root of its host, which in a folder it does not; and the banner's end.
 * Each text must be there, so that a change of the client is noticed here.
 */
const inFolder: Record<string, [text: string, instead: string][]> = {
  "app/app.tsx": [["<BrowserRouter>", "<BrowserRouter basename={base}>"]],
  "app/root.tsx": [
    ["prefetchPage(window.location.pathname)", "prefetchPage(withinBase(window.location.pathname))"],
    [
      "prefetchData(queryClient, window.location)",
      "prefetchData(queryClient, { pathname: withinBase(window.location.pathname), search: window.location.search })",
    ],
  ],
  "main.tsx": [
    ["const { pathname } = window.location", "const pathname = withinBase(window.location.pathname)"],
  ],
  "place.ts": [
    ["const { pathname, search, hash } = window.location;", "const { search, hash } = window.location;"],
    ["return { pathname, search,", "return { pathname: withinBase(window.location.pathname), search,"],
    ['key }, "", address)', 'key }, "", base + address)'],
  ],
  "app/read-ahead.ts": [
    ["prefetchPage(link.pathname)", "prefetchPage(withinBase(link.pathname))"],
    [
      "prefetchData(queryClient, link)",
      "prefetchData(queryClient, { pathname: withinBase(link.pathname), search: link.search })",
    ],
  ],
  "roster/roster-table.tsx": [["link?.pathname ===", "withinBase(link?.pathname ?? base) ==="]],
  "roster/use-return.ts": [['[href="/patients/', '[href$="/patients/']],
  "sign-in/invitation-page.tsx": [['href="/sign-in"', "href={base + '/sign-in'}"]],
  "api-docs/api-docs-page.tsx": [["href={apiDocumentAddress}", "href={base + apiDocumentAddress}"]],
  "device/use-ticket.ts": [["{location.origin}", "{location.origin + base}"]],
  "stage/control.ts": [['const root = "";', "const root = base;"]],
  "in-brand.ts": [['logo: "/icon.svg"', 'logo: base + "/icon.svg"']],
  "i18n.ts": [['"!../words/locales/*/demo.json",', ""]],
  "app/shell.tsx": [['{t("sandbox")}', '{t("sandbox")}<BannerEnd />']],
};

const imports = `import { base, withinBase } from ${JSON.stringify(join(demo, "base.ts"))};`;
const bannerEnd = `import { BannerEnd } from ${JSON.stringify(join(demo, "banner-end.tsx"))};`;

/** A plain web server sends none: as the server's for a page, but for styles, which it gives a nonce. */
const policy =
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'\" />";

/** Has the client lie in a folder, and begin at the demonstration's way in. */
export const clientInFolder: Plugin = {
  name: "client-in-folder",
  enforce: "pre",
  transform(code, id) {
    const file = relative(join(root, "src/client"), id);
    const changes = inFolder[file];
    if (!changes) return null;
    const changed = changes.reduce((text, [before, after]) => {
      if (!text.includes(before)) throw new Error(`src/client/${file} no longer has: ${before}`);
      return text.replaceAll(before, after);
    }, code);
    return [imports, ...(file === "app/shell.tsx" ? [bannerEnd] : []), changed].join("\n");
  },
  transformIndexHtml: {
    order: "pre",
    handler: (html) =>
      html
        .replace(/<meta property="csp-nonce".*>/, policy)
        .replace('src="/src/client/main.tsx"', 'src="/src/demo/page.ts"'),
  },
};
