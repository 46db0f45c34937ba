import type account from "./en/account.json";
import type acts from "./en/acts.json";
import type app from "./en/app.json";
import type appointments from "./en/appointments.json";
import type audit from "./en/audit.json";
import type chart from "./en/chart.json";
import type details from "./en/details.json";
import type device from "./en/device.json";
import type domain from "./en/domain.json";
import type identity from "./en/identity.json";
import type imports from "./en/imports.json";
import type limits from "./en/limits.json";
import type listRules from "./en/list-rules.json";
import type lookups from "./en/lookups.json";
import type onboarding from "./en/onboarding.json";
import type patient from "./en/patient.json";
import type record from "./en/record.json";
import type roster from "./en/roster.json";
import type signIn from "./en/sign-in.json";
import type staff from "./en/staff.json";
import type ui from "./en/ui.json";
import type ward from "./en/ward.json";

/** What can be said, as the English files have it. */
export interface Catalogs {
  account: typeof account;
  acts: typeof acts;
  app: typeof app;
  appointments: typeof appointments;
  audit: typeof audit;
  chart: typeof chart;
  details: typeof details;
  device: typeof device;
  domain: typeof domain;
  identity: typeof identity;
  imports: typeof imports;
  limits: typeof limits;
  "list-rules": typeof listRules;
  lookups: typeof lookups;
  onboarding: typeof onboarding;
  patient: typeof patient;
  record: typeof record;
  roster: typeof roster;
  "sign-in": typeof signIn;
  staff: typeof staff;
  ui: typeof ui;
  ward: typeof ward;
}
