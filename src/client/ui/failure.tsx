import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Link } from "./link.tsx";
import { type FailureProps, PlainFailure } from "./plain-failure.tsx";
import prose from "./prose.module.css";

/** As `PlainFailure`, with a way on where the patient is unknown. */
export function Failure(props: FailureProps) {
  const t = useMessages("domain", "failure");
  const { error } = props;
  return (
    <PlainFailure {...props}>
      {error instanceof ApiError && error.code === "patient-unknown" && (
        <Link className={`${prose.link} ${prose.underlined}`} to="/patients">
          {t("toPatients")}
        </Link>
      )}
    </PlainFailure>
  );
}
