export const mostReports = 500;
/** From one day to another. */
export const mostRangeDays = 90;
export const mostUnfinishedReports = 3;
/** A job of reports and its files, from when it was begun. */
export const reportsKeptHours = 24;
