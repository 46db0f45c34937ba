import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { lookupMutations } from "../api/lookups.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { plain } from "./people-actions.tsx";

/** What this tab remembers of a recall that was just begun in it. */
export interface BegunState {
  /** The serials of its file that were not known here. */
  readonly unknown?: readonly string[] | undefined;
}

interface NotKnownHereProps {
  count: number;
  /** One that is begun: those of its file may be looked up, which joins them to it. */
  recall?: { name: string; unknown: readonly string[] };
}

/** What a serial that is not known here may be all the same, and the way to know it. */
export function NotKnownHere({ count, recall }: NotKnownHereProps) {
  const t = useMessages("recalls");
  const navigate = useNavigate();
  const send = useMutation(lookupMutations.send);
  const { name = "", unknown = [] } = recall ?? {};
  if (count === 0) return null;
  return (
    <>
      <p className={prose.note}>
        {t("notKnown")}{" "}
        {recall && unknown.length === 0 && (
          <Link className={prose.link} to="/look-ups">
            {t("lookUpFile")}
          </Link>
        )}
      </p>
      {unknown.length > 0 && (
        <Button
          className={print.screenOnly}
          variant="default"
          loading={send.isPending}
          onClick={() =>
            send.mutate(new File([unknown.join("\n")], t("lookUpUnknownName", { name: plain(name) })), {
              onSuccess: ({ id }) => navigate(`/look-ups/${id}`),
            })
          }
        >
          {t("lookUpUnknown", { count: unknown.length })}
        </Button>
      )}
      {send.error && <Failure error={send.error} title={t("lookUpFailed")} />}
    </>
  );
}
