import { act } from "@testing-library/react";

/**
 * Begins at an address, as typed into the browser's bar; says where it is later, and
 * goes elsewhere as a link or Back does.
 */
export function openAddress(address: string) {
  window.history.pushState(null, "", address);
  return {
    state: {
      get location() {
        const { pathname, search, hash } = window.location;
        const kept = window.history.state as { usr?: unknown } | null;
        return { pathname, search, hash, state: kept?.usr ?? null };
      },
    },
    navigate: (to: string | -1): Promise<void> =>
      act(async () => {
        if (typeof to === "string") {
          window.history.pushState(null, "", to);
          window.dispatchEvent(new PopStateEvent("popstate"));
        } else {
          const isBack = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
          window.history.back();
          await isBack;
        }
      }),
  };
}
