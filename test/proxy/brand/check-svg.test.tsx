import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSvg } from "#proxy/brand/check-svg.ts";
import { circle, svg } from "./pictures.ts";

const whole = `<?xml version="1.0"?>\n<!-- made by hand -->\n${svg(
  `<title>A &amp; B</title><style>.a{fill:#fff}</style><defs><linearGradient id="g"><stop offset="1" stop-color='red'/></linearGradient></defs><g class="a" fill="url(#g)">${circle}<use xlink:href="#g"/></g><text x="1">&#65;</text>`,
  'xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" viewBox="0 0 40 40"',
)}`;

/** What a parser that is not ours says of it. */
function elementsOf(text: string): Element[] | null {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const all = [...parsed.querySelectorAll("*")];
  return all.some(({ localName }) => localName === "parsererror") ? null : all;
}

const pieces = fc.constantFrom(
  ..."<>&\"'/=:;#! ()-[]?xa1\n\t",
  "<g>",
  "</g>",
  "<!--",
  "-->",
  "--",
  "]]>",
  "<![CDATA[",
  "&amp;",
  "&#0;",
  "&#x1F600;",
  "<script>",
  ' onload="x"',
  ' href="javascript:x"',
  "url(//x)",
  "\u0000",
  "\uFFFE",
  "\u2028",
);

/** Some places of a text each changed a little: cut out, put in, or in another's place. */
const damaged = fc
  .array(fc.tuple(fc.nat(whole.length), fc.nat(6), fc.option(pieces, { nil: "" })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) =>
    changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), whole),
  );

test("whatever is let in, a browser's parser takes for an SVG that runs and fetches nothing", () => {
  expect(checkSvg("logo.svg", whole)).toEqual({ is: 1 });
  let letIn = 0;
  fc.assert(
    fc.property(damaged, (text) => {
      if ("no" in checkSvg("logo.svg", text)) return;
      letIn += 1;
      const elements = elementsOf(text);
      expect(elements, text).not.toBeNull();
      for (const element of elements ?? []) {
        expect(element.namespaceURI).toBe("http://www.w3.org/2000/svg");
        expect(element.localName).not.toMatch(/script|foreignObject|image|animate|set|iframe/i);
        for (const { localName, value } of element.attributes) {
          expect(localName).not.toMatch(/^on/i);
          if (localName === "href") expect(value).toMatch(/^#/);
          expect(value).not.toMatch(/javascript:|url\(\/\//i);
        }
      }
    }),
    { numRuns: 6000 },
  );
  expect(letIn).toBeGreaterThan(300);
});
