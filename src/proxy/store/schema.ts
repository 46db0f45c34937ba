import type { TargetName } from "#glucose/targets.ts";

/** The tables. Times are Unix ms as integers, so that SQLite and PostgreSQL mean the same. No table holds a reading. */
export interface Tables {
  patient: {
    id: string;
    partner_uid: string;
    name: string;
    region: string;
    time_zone: string;
    targets: TargetName;
    open_id: string;
    created_at_ms: number;
    /** JSON lists of texts. */
    tags: string;
    care_team: string;
    archived_at_ms: number | null;
    merged_into: string | null;
    /** PatientStatus and PatientRanges as JSON; null until somebody has looked. */
    status: string | null;
    ranges: string | null;
    /** When it is time to look at the platform again. */
    check_due_ms: number;
    /** Of this row, whatever changed. */
    changed_at_ms: number;
  };
  platform_token: { open_id: string; sealed_token: string; expires_at_ms: number };
  /** Partner users of our own, such as the service user, which are no patients. */
  service_user: { partner_uid: string; open_id: string };
  sensor_owner: { serial: string; open_id: string; seen_at_ms: number };
  audit: {
    id: string;
    at_ms: number;
    actor_id: string | null;
    actor_role: string | null;
    action: string;
    subject: string | null;
    outcome: string;
    request_id: string;
    client_address: string;
  };
}
