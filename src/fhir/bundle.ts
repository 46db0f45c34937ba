import type { Bundle, BundleEntry, OperationOutcome, Resource } from "@medplum/fhirtypes";

const entryOf = (resource: Resource, baseUrl: string) => ({
  fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`,
  resource,
});

/** All of it in one file. Its time is that of the data. */
export const toCollection = (resources: readonly Resource[], baseUrl: string, asOfMs: number): Bundle => ({
  resourceType: "Bundle",
  type: "collection",
  timestamp: new Date(asOfMs).toISOString(),
  entry: resources.map((resource) => entryOf(resource, baseUrl)),
});

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly offset: number;
  readonly count: number;
  /** Counts as none of what was found. */
  readonly note: OperationOutcome | null;
}

/** One page of what was found. `addressFrom` is where the page that begins with an item is asked for. */
export const toSearchset = <Item>(
  { items, offset, count, note }: Page<Item>,
  toResource: (item: Item) => Resource,
  baseUrl: string,
  addressFrom: (offset: number) => string,
): Bundle => ({
  resourceType: "Bundle",
  type: "searchset",
  total: items.length,
  link: [
    { relation: "self", url: addressFrom(offset) },
    ...(offset + count < items.length ? [{ relation: "next", url: addressFrom(offset + count) }] : []),
  ],
  entry: [
    ...items
      .slice(offset, offset + count)
      .map((item): BundleEntry => ({ ...entryOf(toResource(item), baseUrl), search: { mode: "match" } })),
    ...(note ? [{ resource: note, search: { mode: "outcome" as const } }] : []),
  ],
});
