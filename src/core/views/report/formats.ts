/** The names of the forms a report comes in; the command line knows them without reading a report. */
export const REPORT_FORMATS = ["text", "json", "csv", "md", "html"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
