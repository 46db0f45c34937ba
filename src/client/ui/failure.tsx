import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { type FailureProps, PlainFailure } from "./plain-failure.tsx";

/** As `PlainFailure`, with a way on where the patient is unknown. */
export function Failure(props: FailureProps) {
  const t = useMessages("domain", "failure");
  const { error } = props;
  return (
    <PlainFailure {...props}>
      {error instanceof ApiError && error.code === "patient-unknown" && (
        <Anchor component={Link} to="/patients" underline="always">
          {t("toPatients")}
        </Anchor>
      )}
    </PlainFailure>
  );
}
