export const trends = [
  "stable",
  "slowly-rising",
  "slowly-falling",
  "rapid-rise",
  "rapid-drop",
  "unknown",
] as const;
export type Trend = (typeof trends)[number];

/** The platform's trend code in a word. Any code the contract does not name is unknown, and so is none. */
export function trendOf(code: number | null): Trend {
  switch (code) {
    case 1:
      return "stable";
    case 5:
      return "slowly-rising";
    case 10:
      return "slowly-falling";
    case 15:
      return "rapid-rise";
    case 20:
      return "rapid-drop";
    default:
      return "unknown";
  }
}

const arrows = {
  stable: "→",
  "slowly-rising": "↗",
  "slowly-falling": "↘",
  "rapid-rise": "↑",
  "rapid-drop": "↓",
  unknown: null,
} as const;

/** The arrow of a trend; an unknown one has none. */
export const trendArrow = (trend: Trend): "→" | "↗" | "↘" | "↑" | "↓" | null => arrows[trend];
