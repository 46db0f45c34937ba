/** What the API is for, in the order in which somebody who writes a program wants to know it. */
export const groups: readonly { name: string; description: string; paths: RegExp }[] = [
  {
    name: "Health records (FHIR)",
    description:
      "HL7 FHIR R4 by the Continuous Glucose Monitoring guide 1.0.0: patients, their sensors, readings, and summaries of whole days by the patient's clock. /fhir/metadata says what can be asked for. Failures are OperationOutcomes.",
    paths: /^\/fhir\/|\/fhir$/,
  },
  {
    name: "Health links",
    description:
      "SMART Health Links that patients take along: made and revoked here; at /shl any receiver gets what is behind one.",
    paths: /^\/shl\/|\/health-links/,
  },
  {
    name: "Sending to health records",
    description:
      "Where patients' data may be sent ($submit-cgm-bundle, SMART Backend Services), by hand and by standing order, and what became of it.",
    paths: /^\/api\/receivers|\/(submissions|standing-orders)/,
  },
  {
    name: "Opening from health records",
    description:
      "Which records may open a patient's page (SMART on FHIR, EHR launch), and the two steps by which a browser does.",
    paths: /^\/api\/(launch-issuers|launches)/,
  },
  {
    name: "Within a partner's page",
    description:
      "One patient or one sensor in a frame of another site's page: a token that its server asks for by API key, and what the frame is told for it.",
    paths: /^\/api\/embed/,
  },
  {
    name: "Glucose",
    description: "Readings by column, where a patient is now, time in ranges, and the report as a PDF file.",
    paths:
      /^\/api\/patients\/(now$|readings-file$|\{id\}\/(readings|summary|ranges|report\.pdf)$)|^\/api\/devices\/\{serial\}\/readings$/,
  },
  {
    name: "Whom to look at first",
    description:
      "Why the list names a patient or a sensor, what colleagues did about it, and from when on a reason is given.",
    paths:
      /^\/api\/worklist|^\/api\/patients\/review-figures$|^\/api\/patients\/\{id\}\/(marks|reasons|review|snooze|hand-over|notes)/,
  },
  {
    name: "Reports",
    description: "Reports of many patients as PDF files, made as a job and downloaded by who began it.",
    paths: /^\/api\/reports/,
  },
  {
    name: "Patients",
    description: "Finding, registering and changing patients. `id` is ours, `partnerUid` yours.",
    paths: /^\/api\/patients/,
  },
  {
    name: "Sensors",
    description:
      "A sensor by its serial number: its life, how complete its data is, whose it is; and how the fleet of sensors does. No glucose but where it is said.",
    paths: /^\/api\/(devices|fleet)/,
  },
  {
    name: "Cases",
    description: "Complaints about sensors, the calls they came with and what became of them.",
    paths: /^\/api\/cases/,
  },
  {
    name: "Lists of sensors and recalls",
    description: "Sensors looked up from a file, and recalls: who wears a recalled sensor and who was told.",
    paths: /^\/api\/(look-ups|recalls)/,
  },
  { name: "Files of patients", description: "Registering the patients of a CSV.", paths: /^\/api\/imports/ },
  {
    name: "Keys and exchange",
    description: "API keys, and the switch for all that other programs are told.",
    paths: /^\/api\/(keys|exchange)/,
  },
  {
    name: "Staff",
    description: "Who may sign in and as what, and links by which colleagues come in.",
    paths: /^\/api\/(staff|invitations)/,
  },
  { name: "Audit trail", description: "Who did what, and whether that is whole.", paths: /^\/api\/audit/ },
  {
    name: "One's own account and this server",
    description: "What belongs to whoever is signed in, and what runs here.",
    paths: /^\/api\/(account|about|brand)/,
  },
];
