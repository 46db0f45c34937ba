import { Hono } from "hono";
import { fhirDeviceQuery } from "#contract/fhir.ts";
import type { Patient } from "#contract/patient.ts";
import { toSearchset } from "#fhir/bundle.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { Failure } from "../failure.ts";
import type { createRecordReader } from "../fhir/record-reader.ts";
import { patientAsked, searchOf } from "../fhir/search.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface FhirDeviceOptions {
  patients: Pick<PatientStore, "byId" | "byOpenId">;
  sensors: Pick<SensorStore, "bySerial">;
  publicUrl: string | null;
}

/** Who wears or wore the sensor that FHIR knows by this ID, which may have had underscores. */
export async function wearerOfId(
  { patients, sensors }: Pick<FhirDeviceOptions, "patients" | "sensors">,
  id: string,
): Promise<Patient | null> {
  const known = (await sensors.bySerial(id)) ?? (await sensors.bySerial(id.replaceAll("-", "_")));
  return known?.openId ? patients.byOpenId(known.openId) : null;
}

export function createFhirDeviceRoutes(
  options: FhirDeviceOptions,
  record: ReturnType<typeof createRecordReader>,
): Hono<AppEnv> {
  const { patients, publicUrl } = options;
  const lookAt = ({ id }: Patient) =>
    ({ action: "patient-fhir.read", subject: id, details: { resource: "Device" } }) as const;
  const routes = new Hono<AppEnv>();
  routes.get(
    "/",
    describeFhir("The sensors of a patient, as FHIR", "Bundle"),
    valid("query", fhirDeviceQuery),
    async (c) => {
      const asked = c.req.valid("query");
      const search = searchOf(c, publicUrl, Object.keys(fhirDeviceQuery.shape));
      const found = await recordOf(patients, patientAsked(asked, search.baseUrl));
      const items = await auditLook(c, lookAt(found), () => record.devices(found));
      const page = { items, offset: asked._offset, count: asked._count, note: search.noteWith() };
      return c.body(
        JSON.stringify(toSearchset(page, (one) => one, search.baseUrl, search.addressFrom)),
        200,
        { "content-type": "application/fhir+json" },
      );
    },
  );
  routes.get("/:id", describeFhir("A sensor, as FHIR", "Device"), async (c) => {
    const id = c.req.param("id").slice(0, 64);
    const found = await wearerOfId(options, id);
    const one =
      found &&
      (await auditLook(c, lookAt(found), async () =>
        (await record.devices(found)).find((device) => device.id === id),
      ));
    if (!one) throw new Failure("not-found", { detail: "No Device has this ID." });
    return c.body(JSON.stringify(one), 200, { "content-type": "application/fhir+json" });
  });
  return routes;
}
