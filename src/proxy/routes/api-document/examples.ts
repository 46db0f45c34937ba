const patientId = "a4e6035a-679d-40ee-be0f-13361b8b80bb";
const serial = "P225043056";
const startMs = 1795080600000;

/** Of parameters, by their names; of a path first, where it means something else there. */
export const parameterExamples: Readonly<Record<string, string | number>> = {
  "/api/patients/{id}/fhir start": "2026-11-06",
  "/fhir/Patient/{id}/$summary start": "2026-11-06",
  "/api/patients/{id}/fhir end": "2026-11-19",
  "/fhir/Patient/{id}/$summary end": "2026-11-19",
  "/api/patients/{id}/report.pdf days": "14",
  id: patientId,
  patient: patientId,
  patientId,
  serial,
  start: startMs,
  end: startMs + 86_400_000,
  code: "http://loinc.org|107931-8",
  date: "ge2026-11-06",
  identifier: "clinic-0001",
  language: "en",
  unit: "mmol/L",
  paper: "a4",
  by: "lot",
  zone: "UTC",
};

/** Bodies of what programs send. */
export const bodyExamples: Readonly<Record<string, object>> = {
  "POST /api/patients/search": { q: "wang", limit: 20 },
  "POST /api/patients/lookup": { partnerUid: "clinic-0001" },
  "POST /api/patients/resolve": { lines: ["A-104217", "clinic-0002"] },
  "POST /api/patients/now": { ids: [patientId], opening: "morning-1" },
  "POST /api/patients/duplicates": { hospitalNumber: "A-104217" },
  "POST /api/patients": {
    partnerUid: "clinic-0101",
    name: "Ada Berg",
    region: "SE",
    timeZone: "Europe/Stockholm",
    dateOfBirth: "1980-04-03",
  },
  "POST /api/devices/alike": { serial: "P22504305", likely: [] },
  "POST /api/devices/states": { serials: [serial, "P225043073"] },
  "POST /api/devices/wearers": { q: "wang" },
  "POST /api/worklist/devices": { q: "" },
  "POST /api/fleet/sensors": { by: "lot", key: "A1", ends: "any", choice: "ended" },
  "POST /api/cases/search": { state: "open" },
  "POST /api/cases/export": { state: "open" },
  "POST /api/embed-tokens": {
    patient: patientId,
    parentOrigin: "https://portal.partner.example",
    language: "en",
    unit: "mmol/L",
    scheme: "auto",
  },
  "POST /api/keys": { name: "Nightly export", role: "clinician", days: 90 },
  "PUT /api/exchange": { isOn: false },
};

const problem = { type: "about:blank", requestId: "5f0e9d1c-6b53-4d0c-8f2a-1f6f6b1a9b02" };
export const notSignedIn = {
  ...problem,
  title: "Not signed in",
  status: 401,
  detail: "This API key expired on 2026-11-21. Ask an administrator of this clinic for another.",
  code: "not-signed-in",
};
export const forbidden = {
  ...problem,
  title: "Not allowed",
  status: 403,
  detail: "An administrator of this clinic has turned off all exchange with other programs.",
  code: "forbidden",
};
export const tooMany = {
  ...problem,
  title: "Too many requests",
  status: 429,
  detail: "This API key asks too much at once. Try again in 1 s.",
  code: "rate-limited",
  retryAfterS: 1,
};
export const invalid = {
  ...problem,
  title: "The request cannot be used",
  status: 400,
  detail: "Some of what was sent cannot be used; see fields.",
  code: "invalid-request",
  fields: [{ field: "start", reason: "number" }],
};

const readings = {
  asOfMs: 1795167000000,
  stale: null,
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
  unreadable: [],
  unread: [],
  readings: {
    timeMs: [1795166417000, 180000, 180000],
    valueMmolL: [5.6, 5.6, 5.5],
    trend: [1, 1, 1],
    packet: [3367, 1, 1],
    uploadDelayMin: [0, 0, 0],
    sensors: [{ serial, count: 3 }],
    warmUp: [],
  },
};

/** What is answered, where a schema alone does not tell it. */
export const answerExamples: Readonly<Record<string, object>> = {
  "GET /api/patients/{id}/readings": readings,
  "GET /api/devices/{serial}/readings": readings,
  "GET /api/patients/{id}/summary": {
    asOfMs: 1795167000000,
    stale: null,
    targets: "most-adults",
    stage: "reading",
    latest: { timeMs: 1795166957000, valueMmolL: 5.4, trend: 1, warmUp: false, afterGap: false },
    sensor: {
      serial,
      activatedAtMs: 1794560400000,
      estimatedEndAtMs: 1795770000000,
      endedAtMs: null,
    },
  },
  "GET /fhir/Patient": {
    resourceType: "Bundle",
    type: "searchset",
    total: 1,
    entry: [{ resource: { resourceType: "Patient", id: patientId }, search: { mode: "match" } }],
  },
};

const columns =
  "Columns of equal length, oldest first. `timeMs` and `packet` begin with a value and go on with differences to the one before; `sensors` and `warmUp` say for how many readings each holds. Glucose is in mmol/L.";

/** What a summary in one line does not say. */
export const notes: Readonly<Record<string, string>> = {
  "GET /api/patients/{id}/readings": columns,
  "GET /api/devices/{serial}/readings": columns,
  "GET /fhir/Observation":
    "`date` is whole days by the patient's clock, given twice as a span (`date=ge2026-11-06&date=le2026-11-19`), 90 days at most. The last 14 days without it. Sensor readings are in mmol/L unless 99504-3 is asked for.",
  "GET /fhir/DiagnosticReport":
    "The PDF is in `presentedForm`, as base64, in the language of Accept-Language (en or zh). `date` as of Observation.",
  "POST /api/embed-tokens":
    "Either `patient` (our ID) or `serial`. The token works once, within ten minutes, in a page of `parentOrigin` alone, and no longer than the key. Hand it to the frame by postMessage, never in an address.",
  "POST /api/embedded": "`parentOrigin` is where the browser says that the token came from.",
  "POST /api/keys": "`secret` is the key. It is told only now.",
};
