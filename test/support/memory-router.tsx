import { act } from "@testing-library/react";
import type { ReactNode } from "react";
import { type Location, MemoryRouter, useLocation, useNavigate } from "react-router";

/** A router in memory around a page: it says where the page is, and goes elsewhere as a link or the browser's Back does. */
export function createMemoryRouter(path: string) {
  const router = {
    state: {} as { location: Location },
    navigate: async (_to: string | -1): Promise<void> => {},
  };
  function Follow() {
    const navigate = useNavigate();
    router.state = { location: useLocation() };
    // Of its two forms each takes one of the kinds.
    router.navigate = (to) => act(async () => (typeof to === "number" ? navigate(to) : navigate(to)));
    return null;
  }
  const around = (page: ReactNode) => (
    <MemoryRouter initialEntries={[path]}>
      <Follow />
      {page}
    </MemoryRouter>
  );
  return { router, around };
}
