import { type ReactNode, useMemo, useState } from "react";
import { type Location, type Navigator, parsePath, Router, type To } from "react-router";

const mostEntries = 50;
const start: Location = { pathname: "/", search: "", hash: "", state: null, key: "default", mask: undefined };

const placeOf = (to: To, state: unknown): Location => ({
  ...start,
  ...(typeof to === "string" ? parsePath(to) : to),
  state,
  key: Math.random().toString(36).slice(2, 10),
});

/** Where one is in a view, kept here alone: neither the frame's address nor the history of the page around it changes. */
export function MemoryRouter({ children }: { children: ReactNode }) {
  const [{ entries, index }, setPlace] = useState({ entries: [start], index: 0 });
  const navigator = useMemo(
    (): Navigator => ({
      createHref: () => "",
      push: (to, state) =>
        setPlace(({ entries, index }) => {
          const kept = [...entries.slice(0, index + 1), placeOf(to, state)].slice(-mostEntries);
          return { entries: kept, index: kept.length - 1 };
        }),
      replace: (to, state) =>
        setPlace(({ entries, index }) => ({ entries: entries.with(index, placeOf(to, state)), index })),
      go: (by) =>
        setPlace(({ entries, index }) => ({
          entries,
          index: Math.min(entries.length - 1, Math.max(0, index + by)),
        })),
    }),
    [],
  );
  return (
    <Router location={entries[index] ?? start} navigator={navigator}>
      {children}
    </Router>
  );
}
