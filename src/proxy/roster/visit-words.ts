/** What a visit is for and how people are addressed, where a line writes it with a capital letter. */
export const visitWords = new Set(
  `mr mrs ms miss mx dr prof professor frau herr fr hr uhr patient patientin pt name dob born geb geboren with
  mit at um new neu neue first erst annual yearly review check checkup foot feet eye eyes pump sensor cgm insulin
  start starting follow followup visit appointment appt consultation consult clinic room phone call video
  telephone training education diabetes type nurse blood results urgent kontrolle termin schulung beratung pumpe
  pumpen pumpenstart sensorwechsel nachsorge erstgespräch gespräch jahreskontrolle fußkontrolle fuß zimmer raum
  telefon befund blut`.split(/\s+/),
);
