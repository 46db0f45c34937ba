/** Holds the place of a table's rows that are not drawn; to a screen reader it is no row. */
export function SpacerRow({ heightPx, className }: { heightPx: number; className?: string | undefined }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus.
  return <tr aria-hidden="true" className={className} style={{ height: heightPx }} />;
}
