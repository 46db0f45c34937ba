import type { Generated } from "kysely";
import type { KeyRole } from "#contract/api-keys.ts";
import type { CaseState } from "#contract/case-fields.ts";
import type { Device } from "#contract/device.ts";
import type { HeadlineCode } from "#contract/headline.ts";
import type { HealthLinkRequest } from "#contract/health-links.ts";
import type { DiabetesType, Therapy } from "#contract/identity.ts";
import type { ImportOutcome, importDelimiters, importEncodings } from "#contract/import.ts";
import type { LookupOutcome, Worn } from "#contract/lookups.ts";
import type { ContactOutcome } from "#contract/recalls.ts";
import type { SendProblem } from "#contract/receivers.ts";
import type { ReportOutcome } from "#contract/reports.ts";
import type { Role } from "#contract/staff.ts";
import type { OrderRhythm, SubmissionState } from "#contract/submissions.ts";

export type JobKind = "patients" | "sensors" | "reports";
const rowTables = { patients: "import_row", sensors: "lookup_row", reports: "report_row" } as const;
export type JobRowTable = "import_row";
/** All of these tables have what is common to the rows of files: job_id, row_number, outcome, attempts, trouble, done_at_ms. */
export const rowTableOf = (kind: JobKind) => rowTables[kind] as JobRowTable;

export type DatabaseKind = "sqlite" | "postgres";

/**
 * The tables. Times are Unix ms as integers, so that SQLite and PostgreSQL
 * mean the same. No table holds a reading, but those in `report_row` for a day, sealed.
 */
export interface Tables {
  patient: {
    id: string;
    partner_uid: string;
    name: string;
    /** "1980-04-03". Null here and below is what is not known. */
    date_of_birth: string | null;
    hospital_number: string | null;
    diabetes_type: DiabetesType | null;
    therapy: Therapy | null;
    phone: string | null;
    region: string;
    time_zone: string;
    /** The name of a preset, or a patient's own targets as JSON. */
    targets: string;
    /** Patient's targetsSet as JSON; null while they are as registered. */
    targets_set: string | null;
    open_id: string;
    created_at_ms: number;
    /** JSON lists of texts. */
    tags: string;
    care_team: string;
    archived_at_ms: number | null;
    /** What it is now a part of, the whole of a chain; and what it was itself made a part of. */
    merged_into: string | null;
    merged_directly_into: string | null;
    /** PatientStatus as JSON; null until somebody has looked. */
    status: string | null;
    /** Sealed GlucoseFigures; null until somebody has looked. */
    figures: string | null;
    /** PatientMarks as JSON; null until somebody has done something with the row. */
    marks: string | null;
    /** When it is time to look at the platform again. */
    check_due_ms: number;
    /** The number of this row's last change, whatever changed. The database gives it. */
    change_seq: Generated<number>;
  };
  /** Sealed summaries of a patient's days; see store/day-summaries.ts. */
  glucose_days: { patient_id: string; version: number; sealed: string };
  platform_token: { open_id: string; sealed_token: string; expires_at_ms: number };
  /**
   * Whom the platform has registered for us: the service user, and since 0013
   * every patient, before they have a row.
   */
  service_user: { partner_uid: string; open_id: string };
  sensor_owner: { serial: string; open_id: string; seen_at_ms: number };
  /** What is known of every sensor that was seen here; see store/sensors.ts. Null is what is not known. */
  sensor: {
    serial: string;
    /** The wearer, where it is a patient of ours who is not archived. */
    open_id: string | null;
    /** The last wearer's. */
    region: string | null;
    /** The platform's name of whose sensor it is. */
    partner_id: string | null;
    /** One of deviceStates; null until the platform was asked. */
    state: string | null;
    bound_at_ms: number | null;
    activated_at_ms: number | null;
    estimated_end_at_ms: number | null;
    ended_at_ms: number | null;
    /** When state and dates were so; they are not written again within a day unless they change. */
    asked_at_ms: number | null;
    last_data_at_ms: number | null;
    /** When the data was looked at. */
    data_asked_at_ms: number | null;
    /** Readings that came and that were to be expected by then. */
    received: number | null;
    expected: number | null;
    packets_lost: number | null;
    upload_delay_ms: number | null;
    /** The verdict's code. */
    headline: string | null;
    /** From the box; dates as "2027-03-31". */
    gtin: string | null;
    lot: string | null;
    expiry_date: string | null;
    produced_on: string | null;
    /** Who has put these in place of others, and when. */
    box_by_id: string | null;
    box_at_ms: number | null;
    first_seen_at_ms: number;
  };
  /** Append-only and chained; see audit/chain.ts. */
  audit: {
    seq: number;
    at_ms: number;
    actor_id: string | null;
    actor_role: string | null;
    action: string;
    subject: string | null;
    outcome: string;
    /** JSON; null where there is no more to say. */
    details: string | null;
    request_id: string;
    client_address: string;
    previous_mac: string;
    mac: string;
  };
  /** One row: where the trail ends, so that a missing end shows. */
  audit_head: {
    id: number;
    seq: number;
    mac: string;
    began_at_ms: number;
    /** How many rows were there before the chain. */
    before_chain: number;
    seal: string;
  };
  /** One row once something was pruned: what may be removed. */
  audit_pruning: { id: number; through_seq: number };
  /**
   * Links by which somebody joins, or who is here (staff_id) chooses a new
   * password. One for an e-mail address.
   */
  invitation: {
    id: string;
    token_hash: string;
    email: string;
    name: string;
    role: Role;
    staff_id: string | null;
    created_at_ms: number;
    expires_at_ms: number;
  };
  /** Health links that patients take along. `content` is sealed with a key that only the link has. */
  health_link: {
    id: string;
    token_hash: string;
    patient_id: string;
    by_id: string;
    first_date: string;
    last_date: string;
    passcode_hash: string | null;
    content: string | null;
    created_at_ms: number;
    expires_at_ms: number;
    /** So many wrong passcodes more, and it works no longer. */
    tries_left: number;
    opened: number;
    refused: number;
    revoked_at_ms: number | null;
  };
  health_link_opening: { id: string; link_id: string; recipient: string; at_ms: number; is_refused: number };
  /** better-auth's tables, which it keeps itself; here are the columns that our own rules need. */
  user: { id: string; name: string; role: Role; banned: boolean | null; banReason: string | null };
  account: { userId: string; providerId: string };
  session: { id: string; userId: string };
  /** Of better-auth; `value` is a person's ID where somebody owes a code after the right password. */
  verification: { id: string; value: string };
  /** A file of patients, a list of sensors, or reports of patients. */
  import_job: {
    id: string;
    kind: Generated<JobKind>;
    file_name: string;
    encoding: (typeof importEncodings)[number];
    delimiter: (typeof importDelimiters)[number];
    /** ImportColumns as JSON; of a list the names of its own columns. */
    columns: string;
    /** Of a list: LookupList's leftOut as JSON. */
    left_out: string | null;
    /** Of reports: ReportsAsked as JSON. */
    asked: string | null;
    /** One of importStates; `checking` while its rows are being written or removed, when it is not shown. */
    state: string;
    total: number;
    created_at_ms: number;
    started_at_ms: number | null;
    /** Whose registrations or look-ups they are: who started it last, and from where. */
    started_by: string | null;
    started_role: Role | null;
    started_from: string | null;
    /** Rows that failed one after the other. */
    failures: number;
    /** ImportTrouble as JSON. */
    trouble: string | null;
    wait_until_ms: number | null;
  };
  import_row: {
    job_id: string;
    row_number: number;
    outcome: ImportOutcome;
    partner_uid: string;
    name: string;
    date_of_birth: string | null;
    hospital_number: string | null;
    diabetes_type: string | null;
    therapy: string | null;
    phone: string | null;
    region: string;
    time_zone: string;
    /** A JSON list of texts. */
    tags: string;
    /** Of importRow, as JSON; null for nobody. */
    duplicate: string | null;
    field: string | null;
    reason: string | null;
    /** A JSON list of faults; null for none. */
    other_faults: string | null;
    first_row: number | null;
    name_here: string | null;
    attempts: number;
    /** ImportTrouble as JSON. */
    trouble: string | null;
    patient_id: string | null;
    open_id: string | null;
    done_at_ms: number | null;
  };
  /** A file of serials that were recalled, of which those of ours are in recall_sensor; `alike` is JSON. */
  recall: {
    id: string;
    name: string;
    created_at_ms: number;
    /** 0 while a file is only compared; `lines` is 0 until it has been read to its end. */
    is_begun: number;
    lines: number;
    not_ours: number;
    unusable: number;
    alike: string;
    alike_count: number;
    /** What wearers are to be told. */
    instruction: string | null;
    instruction_zh: string | null;
    /** When either was changed last. */
    instructed_at_ms: number | null;
    /** Lines that only name what was named before. */
    repeated: number | null;
    /** RecallShown as JSON. */
    shown: string | null;
  };
  recall_sensor: { recall_id: string; serial: string };
  /** Fingerprints of the serials of a recall's file that were not ours; see store/fingerprints.ts. */
  recall_rest: { recall_id: string; first_fingerprint: number; last_fingerprint: number; packed: string };
  /** Each time that a patient who wears or wore one was told, or was not reached. */
  recall_try: {
    id: string;
    recall_id: string;
    patient_id: string;
    /** Counts those of one record. */
    number: number;
    outcome: ContactOutcome;
    by_id: string;
    at_ms: number;
  };
  /** The last of these. */
  recall_contact: {
    recall_id: string;
    patient_id: string;
    outcome: ContactOutcome;
    by_id: string;
    at_ms: number;
  };
  /** A sensor of a list, and what the platform said of it. */
  lookup_row: {
    job_id: string;
    row_number: number;
    serial: string;
    /** The cells of the list's own columns as JSON. */
    cells: string;
    lot: string | null;
    outcome: LookupOutcome;
    attempts: number;
    /** ImportTrouble as JSON; of a row that was told why its data could not be read. */
    trouble: string | null;
    done_at_ms: number | null;
    state: Device["state"] | null;
    status_code: number | null;
    activated_at_ms: number | null;
    estimated_end_at_ms: number | null;
    ended_at_ms: number | null;
    /** Whether its dates were in doubt, 1 or 0; null of a row from before that was written down. */
    in_doubt: number | null;
    /** Of the wearer, of whatever partner. */
    open_id: string | null;
    last_data_at_ms: number | null;
    worn: Worn | null;
    /** The verdict's code. */
    headline: HeadlineCode | null;
    headline_ms: number | null;
  };
  /** A patient of a job of reports. */
  report_row: {
    job_id: string;
    row_number: number;
    patient_id: string;
    outcome: ReportOutcome;
    attempts: number;
    /** ImportTrouble as JSON. */
    trouble: string | null;
    done_at_ms: number | null;
    /** What its file is called and the report itself, once it is made; sealed. */
    sealed_name: string | null;
    sealed_report: string | null;
  };
  /**
   * Failures in a row of one account to be; whether it exists makes no difference. Its key tells no address.
   */
  sign_in_guard: { account_key: string; failures: number; locked_until_ms: number; last_attempt_ms: number };
  /** One row, written to find out whether the database can be. */
  readiness: { id: number; writes: number; filler: string };
  /** Codes of second factors that have served, for as long as they would be taken again. */
  used_code: { account_key: string; code_key: string; used_at_ms: number };
  /** Views of the list of patients that somebody has named; `search` is the view's address. */
  saved_view: { staff_id: string; name: string; search: string; created_at_ms: number };
  /** Whom somebody sees today: IDs as JSON, in order, until their day ends. */
  appointment: { staff_id: string; patient_ids: string; until_ms: number };
  /** Whom somebody's screen on the wall shows: WardChoice as JSON. */
  ward_choice: { staff_id: string; choice: string };
  /** Every review of a patient, those taken back too. */
  patient_review: {
    patient_id: string;
    /** Counts the reviews of one patient. */
    number: number;
    by_id: string;
    at_ms: number;
    /** Reasons as JSON. */
    reasons: string;
    /**
     * The Snooze and the HandOver as JSON that it ended, and that come back with an undo; null where it ended
     * none, or where somebody has decided anew since.
     */
    ended_snooze: string | null;
    ended_hand_over: string | null;
    undone_by_id: string | null;
    undone_at_ms: number | null;
    /** From when the first of its new reasons arose; null where that is not known. */
    waited_minutes: number | null;
  };
  /** What the clinic has set otherwise than it is at first: a value as JSON, and how often it was changed. */
  clinic_setting: { key: string; value: string; by_id: string; at_ms: number; version: number };
  patient_note: { id: string; patient_id: string; by_id: string; at_ms: number; sealed_text: string };
  /** A complaint about a sensor. Who called and what was said is sealed, as JSON. */
  sensor_case: {
    id: string;
    serial: string;
    /** The wearer, as known when it was opened. */
    patient_id: string | null;
    state: CaseState;
    received_at_ms: number;
    replacement_serial: string | null;
    vendor_number: string | null;
    /** The letters and digits of that number, to find it by. */
    vendor_key: string | null;
    by_id: string;
    changed_at_ms: number;
    /** Of how many changes, so that of two at once one is refused. */
    version: number;
    sealed_text: string;
  };
  /** Another call about the same. */
  sensor_case_call: {
    id: string;
    case_id: string;
    at_ms: number;
    by_id: string;
    sealed_text: string;
    /** Of one that was withdrawn nothing but its number is kept. */
    withdrawn_at_ms: number | null;
  };
  /** What somebody changed of it: each field with what it was and became, sealed, as JSON. */
  sensor_case_change: {
    id: string;
    case_id: string;
    /** That the case had from then on. */
    version: number;
    at_ms: number;
    by_id: string;
    sealed_text: string;
  };
  /** Browsers that somebody has signed in with, for each account. Neither key tells whose. */
  known_browser: { browser_key: string; account_key: string; used_at_ms: number };
  /** Keys of other programs, those that no longer work too. */
  api_key: {
    id: string;
    name: string;
    role: KeyRole;
    /** 1 where it may register patients. */
    may_register: number;
    secret_hash: string;
    ending: string;
    by_id: string;
    created_at_ms: number;
    expires_at_ms: number;
    last_used_at_ms: number | null;
    revoked_at_ms: number | null;
    revoked_by_id: string | null;
  };
  /** A server that patients' data may be sent to, those that were removed too. */
  receiver: {
    id: string;
    name: string;
    base_url: string;
    token_url: string | null;
    client_id: string | null;
    scopes: string;
    patient_system: string | null;
    /** Our key pair for it as JWKs. */
    key_id: string;
    public_key: string;
    sealed_private_key: string;
    by_id: string;
    created_at_ms: number;
    /** Until then it wants to be left alone. */
    quiet_until_ms: number;
    removed_at_ms: number | null;
    removed_by_id: string | null;
  };
  /** A health record that may open patients here, those that were removed too. */
  launch_issuer: {
    id: string;
    name: string;
    base_url: string;
    client_id: string;
    /** 1 where it wants a signature of ours. */
    is_confidential: number;
    scopes: string;
    patient_system: string | null;
    partner_system: string | null;
    frame_origin: string | null;
    /** Our key pair for it as JWKs. */
    key_id: string;
    public_key: string;
    sealed_private_key: string;
    by_id: string;
    created_at_ms: number;
    removed_at_ms: number | null;
  };
  /** A launch that is under way at the record: what it needs to be gone on with once. */
  launch: {
    state_hash: string;
    /** SHA-256 of the secret in the browser's cookie, which the record knows as the code challenge. */
    challenge: string;
    issuer_id: string;
    staff_id: string;
    expires_at_ms: number;
  };
  /** A token for an embedded view that was used. */
  embed_opening: { token_id: string; expires_at_ms: number };
  /** Some days of a patient for a receiver. What is sent is made anew for each try and not kept. */
  submission: {
    id: string;
    receiver_id: string;
    patient_id: string;
    language: HealthLinkRequest["language"];
    unit: HealthLinkRequest["unit"];
    paper: HealthLinkRequest["paper"];
    /** Who wants it sent, and from where. */
    by_id: string;
    by_role: Role;
    by_address: string;
    created_at_ms: number;
    /** Null where somebody has pressed. */
    order_id: string | null;
    first_date: string;
    last_date: string;
    state: SubmissionState;
    attempts: number;
    /** While it waits: when it is tried next. */
    next_at_ms: number;
    answered_at_ms: number | null;
    /** Why the last try came to nothing; what the receiver said is sealed, since it may quote what was sent. */
    problem: SendProblem | null;
    problem_status: number | null;
    sealed_said: string | null;
    /** Where the receiver has the patient, "Patient/7", as it last said. */
    patient_there: string | null;
    /** 1: found there by the number, without a date of birth to compare. */
    by_number_alone: number | null;
  };
  /** What the receiver said of each resource; `name` is of our identifier, `location` where it has it. */
  submission_entry: {
    submission_id: string;
    name: string;
    type: string;
    position: number;
    status: number;
    location: string | null;
    sealed_said: string | null;
  };
  /** So many days of a patient for a receiver, again and again until it is stopped. */
  standing_order: Pick<Tables["submission"], "id" | "receiver_id" | "patient_id" | "created_at_ms"> &
    Pick<Tables["submission"], "language" | "unit" | "paper" | "by_id" | "by_role" | "by_address"> & {
      every: OrderRhythm;
      days: HealthLinkRequest["days"];
      next_at_ms: number;
      stopped_at_ms: number | null;
      stopped_by_id: string | null;
    };
}
