/** Where most patients are, with the zone to propose: the most populous where a region has several. */
export const zoneOfRegion: Readonly<Record<string, string>> = {
  CN: "Asia/Shanghai",
  HK: "Asia/Hong_Kong",
  MO: "Asia/Macau",
  TW: "Asia/Taipei",
  SG: "Asia/Singapore",
  MY: "Asia/Kuala_Lumpur",
  TH: "Asia/Bangkok",
  ID: "Asia/Jakarta",
  IN: "Asia/Kolkata",
  JP: "Asia/Tokyo",
  KR: "Asia/Seoul",
  AE: "Asia/Dubai",
  SA: "Asia/Riyadh",
  TR: "Europe/Istanbul",
  DE: "Europe/Berlin",
  FR: "Europe/Paris",
  GB: "Europe/London",
  IT: "Europe/Rome",
  ES: "Europe/Madrid",
  PL: "Europe/Warsaw",
  NL: "Europe/Amsterdam",
  SE: "Europe/Stockholm",
  CH: "Europe/Zurich",
  BR: "America/Sao_Paulo",
  MX: "America/Mexico_City",
  US: "America/New_York",
  CA: "America/Toronto",
  AU: "Australia/Sydney",
};

/** The zone to propose for a region; null where none is usual. */
export const zoneFor = (region: string): string | null => zoneOfRegion[region] ?? null;
