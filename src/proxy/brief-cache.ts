import { LRUCache } from "lru-cache";

/** As long as it may take until one server sees what another has changed. */
const lifeMs = 500;
const mostEntries = 5000;

/** What was found under a key in the last half second. Nothing (null) and a failure are not kept. */
type BriefCache<T extends object> = (key: string, find: () => Promise<T | null>) => Promise<T | null>;

export interface BriefCaches {
  create<T extends object>(): BriefCache<T>;
  /**
   * Something may have changed: all of them are empty. What is being found meanwhile, from
   * before the change perhaps, is not kept.
   */
  forget(): void;
}

/**
 * Caches of what every request of a burst would ask the database anew: who is
 * signed in, and whose readings are whose.
 */
export function createBriefCaches(): BriefCaches {
  const caches: LRUCache<string, Promise<object | null>>[] = [];
  return {
    create: <T extends object>(): BriefCache<T> => {
      const cache = new LRUCache<string, Promise<T | null>>({ max: mostEntries, ttl: lifeMs });
      caches.push(cache as LRUCache<string, Promise<object | null>>);
      return (key, find) => {
        const known = cache.get(key);
        if (known) return known;
        const finding = find();
        cache.set(key, finding);
        const drop = () => {
          if (cache.peek(key) === finding) cache.delete(key);
        };
        finding.then((found) => {
          if (found === null) drop();
        }, drop);
        return finding;
      };
    },
    forget: () => {
      for (const cache of caches) cache.clear();
    },
  };
}
