import type { Bundle, Resource } from "@medplum/fhirtypes";

/** All of it in one file. Its time is that of the data. */
export const toCollection = (resources: readonly Resource[], baseUrl: string, asOfMs: number): Bundle => ({
  resourceType: "Bundle",
  type: "collection",
  timestamp: new Date(asOfMs).toISOString(),
  entry: resources.map((resource) => ({
    fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`,
    resource,
  })),
});
