import type { StateStore } from "./kept-state.ts";
import type { TabServer } from "./tab-server.ts";

const lookEveryMs = 5000;
const againMs = 20;

/** Keeps what has changed: when asked, and by itself, since imports and looks at the platform go on without requests. */
export function createKeeper(store: StateStore, server: TabServer, isKept: boolean) {
  let keptChanges = isKept ? server.changes() : "";
  let canKeep = true;
  let ended = false;
  let saving: Promise<void> = Promise.resolve();

  async function saveOnce(): Promise<void> {
    if (!canKeep || ended || server.changes() === keptChanges) return;
    const changes = server.changes();
    const state = server.state();
    if (!state) {
      await new Promise((done) => setTimeout(done, againMs));
      return saveOnce();
    }
    try {
      await store.save(state);
      keptChanges = changes;
    } catch {
      canKeep = false;
    }
  }

  const save = (): Promise<void> => {
    saving = saving.then(saveOnce);
    return saving;
  };
  const looking = setInterval(() => void save(), lookEveryMs);
  return {
    save,
    /** False once the browser has refused: storage that is off, or full. */
    canKeep: () => canKeep,
    end: async () => {
      ended = true;
      clearInterval(looking);
      await saving;
    },
  };
}
