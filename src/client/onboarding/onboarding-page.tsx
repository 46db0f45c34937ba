import { Anchor } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { patient } from "#contract/patient.ts";
import { sendJson } from "../http.ts";
import { sessionQuery } from "../session.ts";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import type { Values } from "./checks.ts";
import { useOnboardingMessages } from "./messages.ts";
import classes from "./onboarding.module.css";
import { PatientForm } from "./patient-form.tsx";

/** `/patients/new`: one patient. Afterwards their own page says what happens next. */
export function OnboardingPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <Onboarding key={owner} owner={owner} /> : null;
}

function Onboarding({ owner }: { owner: string }) {
  const t = useOnboardingMessages();
  const navigate = useNavigate();
  // Most clinics are in one place: the next patient is proposed where the last one was, the first one nowhere.
  const [lastPlace, setLastPlace] = useLocalStorage({
    key: `trendline-last-place-${owner}`,
    defaultValue: { region: "", timeZone: "" },
    getInitialValueInEffect: false,
  });
  const [values, setValues, forget] = useDraft<Values>("onboarding", owner, {
    partnerUid: "",
    name: "",
    ...lastPlace,
  });
  const registration = useMutation({
    mutationFn: (body: Values) => sendJson("/api/patients", body, patient),
    onSuccess: ({ status, data }, sent) => {
      forget();
      setLastPlace({ region: sent.region, timeZone: sent.timeZone });
      // 200: this ID was here before and nothing was changed; the patient's page says so.
      const state = status === 200 ? { alreadyRegistered: sent.name } : null;
      return navigate(`/patients/${data.id}`, { state });
    },
  });
  return (
    <div className={classes.page}>
      <Anchor component={Link} to="/patients" size="sm">
        ← {t("back")}
      </Anchor>
      <Page title={t("title")} lead={t("lead")}>
        {registration.error && <Failure error={registration.error} title={t("failed")} />}
        <PatientForm
          values={values}
          onChange={setValues}
          pending={registration.isPending}
          refused={registration.error ? { error: registration.error, values: registration.variables } : null}
          onSubmit={registration.mutate}
        />
      </Page>
    </div>
  );
}
