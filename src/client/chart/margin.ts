/** Room around the plot, px: the curve and the frame that Recharts draws agree on it. New sensors are named above the plot, in no curve's way. */
export const margin = { top: 22, right: 12, bottom: 30, left: 0 };
export const axisWidth = 42;
