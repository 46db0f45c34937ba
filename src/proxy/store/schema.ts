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
    /** Name, partner user ID and platform ID in the form that searches compare: lower case, no accents. */
    search_text: string;
    created_at_ms: number;
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
