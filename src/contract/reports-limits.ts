export const mostReports = 500;
export const mostUnfinishedReports = 3;
/** A job of reports and its files, from when it was begun. */
export const reportsKeptHours = 24;
