/** What a text in a drawing is: a time, a date, what a time's offset is, words on a gap, or a sensor's beginning. */
export type LabelRole = "time" | "date" | "offset" | "gap" | "sensor";

/** A text in a drawing, with its baseline at `y`. */
export interface Label {
  readonly key: string | number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly role: LabelRole;
  /** Which end of it stands at x; else its middle. */
  readonly anchor?: "start" | "end";
}
