import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { aboutQuery } from "../api/about.ts";
import { type StageClock, stageQuery } from "../api/stage.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";

export interface StageState {
  /** Undefined until the server has said. */
  clock: StageClock | undefined;
  isOut: boolean;
  isBusy: boolean;
  said: string;
  trouble: string;
  /** Does something to the sandbox, one thing after the other; afterwards nothing on the page is of before. */
  act(what: () => Promise<unknown>, said?: (answer: never) => string): void;
}

/** How the sandbox stands, for whoever presents it: two of them see the same. */
export function useStage(): StageState {
  const t = useMessages("stage");
  const client = useQueryClient();
  const { data, refetch } = useQuery(stageQuery);
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState("");
  const [trouble, setTrouble] = useState("");
  async function run(what: () => Promise<unknown>, say: (answer: never) => string): Promise<void> {
    setIsBusy(true);
    setTrouble("");
    setSaid("");
    try {
      const answer = await what();
      setSaid(say(answer as never));
      client.removeQueries({ type: "inactive" });
      // The clock of the page first: ages are reckoned from it.
      await client.refetchQueries(aboutQuery);
      await Promise.all([client.invalidateQueries(), refetch()]);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null;
      setTrouble(t(code === "not-found" ? "noLow" : code === "invalid-request" ? "refused" : "failed"));
      // Anything but an answer of the server is an error of ours.
      if (code === null) console.error(error);
    } finally {
      setIsBusy(false);
    }
  }
  return {
    clock: data?.clock,
    isOut: data?.isOut ?? false,
    isBusy,
    said,
    trouble,
    act: (what, say = () => "") => {
      if (!isBusy) void run(what, say);
    },
  };
}
