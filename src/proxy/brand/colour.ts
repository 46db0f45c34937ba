/** A colour's parts in linear light, 0 to 1. */
type Linear = readonly [red: number, green: number, blue: number];

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const encoded = (part: number): number =>
  part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;

const linearOf = (hex: string): Linear => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return [red, green, blue];
};
const hexOf = (parts: Linear): string =>
  `#${parts
    .map((part) =>
      Math.round(Math.min(1, Math.max(0, encoded(Math.max(0, part)))) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

const luminanceOf = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Relative luminance by WCAG 2. */
export const luminance = (hex: string): number => luminanceOf(linearOf(hex));

/** Contrast by WCAG 2, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Oklab (Ottosson 2020): how light, and two axes of hue. */
function oklab([red, green, blue]: Linear): readonly [light: number, a: number, b: number] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab(light: number, a: number, b: number): Linear {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export interface Hue {
  readonly angle: number;
  readonly chroma: number;
}

export function hueOf(hex: string): Hue {
  const [, a, b] = oklab(linearOf(hex));
  return { angle: Math.atan2(b, a), chroma: Math.hypot(a, b) };
}

/** How different two colours look: 0.02 is just seen. */
export function differenceOf(one: string, other: string): number {
  const [from, to] = [oklab(linearOf(one)), oklab(linearOf(other))];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

/** The largest number from 0 to `most` of which `fits` is true, which it is up to there. */
function largest(most: number, fits: (value: number) => boolean): number {
  if (fits(most)) return most;
  let [low, high] = [0, most];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** A colour of a hue that is exactly so luminous, as colourful as it may be there and no more than asked for. */
export function colourAt({ angle, chroma }: Hue, luminous: number): string {
  const at = (ofChroma: number): Linear => {
    const [a, b] = [Math.cos(angle) * ofChroma, Math.sin(angle) * ofChroma];
    const light = largest(1.2, (value) => luminanceOf(fromOklab(value, a, b)) <= luminous);
    return fromOklab(light, a, b);
  };
  const isShowable = (ofChroma: number) => at(ofChroma).every((part) => part > -0.0005 && part < 1.0005);
  return hexOf(at(largest(chroma, isShowable)));
}
