import { useLocalStorage } from "@mantine/hooks";
import { useIsMutating, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { identityFieldNames } from "#contract/identity.ts";
import { newPatient, newPatientFields } from "#contract/patient-change.ts";
import { patientMutations } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Mantine } from "../ui/mantine.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { givenOf, type Values } from "./checks.ts";
import classes from "./onboarding.module.css";
import { PatientForm } from "./patient-form.tsx";

/** `/patients/new`: one patient. Afterwards their own page says what happens next. */
export function OnboardingPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? (
    <Mantine>
      <Onboarding key={owner} owner={owner} />
    </Mantine>
  ) : null;
}

function Onboarding({ owner }: { owner: string }) {
  const t = useMessages("onboarding");
  const place = useMessages("ui", "place");
  const navigate = useNavigate();
  // The list as one left it: its filters and order.
  const { search } = useLocation();
  // Most clinics are in one place: the next patient is proposed where the
  // last one was, the first one nowhere.
  const [lastPlace, setLastPlace] = useLocalStorage({
    key: `trendline-last-place-${owner}`,
    defaultValue: { region: "", timeZone: "" },
    getInitialValueInEffect: false,
  });
  const empty: Values = {
    partnerUid: "",
    name: "",
    dateOfBirth: "",
    hospitalNumber: "",
    diabetesType: "",
    therapy: "",
    phone: "",
    ...lastPlace,
  };
  const [values, setValues, forget, wasKept] = useDraft<Values>("onboarding", owner, empty);
  const labels = {
    partnerUid: t("field.partnerUid"),
    name: t("field.name"),
    region: place("field.region"),
    timeZone: place("field.timeZone"),
    dateOfBirth: t("field.dateOfBirth"),
    hospitalNumber: t("field.hospitalNumber"),
    diabetesType: t("field.diabetesType"),
    therapy: t("field.therapy"),
    phone: t("field.phone"),
  };
  // Also one that was sent before one left and came back.
  const isRegistering = useIsMutating({ mutationKey: patientMutations.register.mutationKey ?? [] }) > 0;
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const restored = wasKept ? newPatientFields.filter((field) => values[field] !== "") : [];
  const registration = useMutation({
    ...patientMutations.register,
    onSettled: (registered, _error, sent) => {
      if (!registered) return;
      setLastPlace({ region: sent.region, timeZone: sent.timeZone });
      // Whoever is typing the next patient by now, here or once they have come back, stays with that.
      const isAsSent = newPatientFields.every((field) => values[field].trim() === (sent[field] ?? "").trim());
      if (!isAsSent || !forget()) return;
      // Whoever is on another page by now stays there.
      if (!isHere.current) return;
      // The patient's page says that this ID was here before, and what of this is not so there.
      const typed = newPatient.parse(sent);
      const { name, region, timeZone } = typed;
      const kept = registered.patient;
      const notKept = identityFieldNames.filter((field) => typed[field] && typed[field] !== kept[field]);
      const state = registered.isNew ? null : { typedForExisting: { name, region, timeZone, notKept } };
      return navigate(`/patients/${registered.patient.id}`, { state });
    },
  });
  return (
    <div className={classes.page}>
      <Link className={`${prose.link} ${prose.small}`} to={{ pathname: "/patients", search }}>
        ← {t("action.back")}
      </Link>
      <Page title={t("title")} lead={t("lead")}>
        <RestoredDraft
          fields={restored.map((field) => labels[field])}
          onDiscard={() => {
            setValues(empty);
            forget();
          }}
        />
        {registration.error && <RegistrationFailure error={registration.error} />}
        <PatientForm
          values={values}
          onChange={setValues}
          pending={isRegistering}
          refused={registration.error ? { error: registration.error, values: registration.variables } : null}
          onSubmit={(typed) => registration.mutate(givenOf(typed))}
        />
      </Page>
    </div>
  );
}

/** After these the platform may have registered the person all the same: only the answer is missing. */
const unsure: readonly string[] = [
  "offline",
  "proxy-no-answer",
  "bad-answer",
  "internal",
  "platform-unreachable",
  "platform-timeout",
  "platform-malformed",
  "platform-error",
];

function RegistrationFailure({ error }: { error: Error }) {
  const t = useMessages("onboarding");
  const code = error instanceof ApiError ? error.code : "";
  if (unsure.includes(code))
    return (
      <Failure
        error={error}
        title={t("unsure")}
        words={{ meaning: t("unsureMeaning"), next: t("unsureNext") }}
      />
    );
  const refused = { meaning: t("refusedMeaning"), next: t("refusedNext") };
  return (
    <Failure error={error} title={t("failed")} words={code === "platform-refused" ? refused : undefined} />
  );
}
