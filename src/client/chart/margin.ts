/**
 * Room around the plot, px, for text so many times its usual size: the curve and the frame that Recharts
 * draws agree on it. New sensors are named above the plot, in no curve's way.
 */
export const marginFor = (textScale: number) => ({
  top: 22 * textScale,
  right: 12 * textScale,
  bottom: 30 * textScale,
  left: 0,
});
export const axisWidthFor = (textScale: number): number => 42 * textScale;
