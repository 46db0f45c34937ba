/** Room around the plot, px: the curve and the frame that Recharts draws agree on it. */
export const margin = { top: 10, right: 12, bottom: 30, left: 0 };
export const axisWidth = 42;
