import { lazy, Suspense, useState } from "react";
import type { Enrolment as Made } from "#contract/account.ts";
import { accountMutations } from "../api/account.ts";
import { useMessages } from "../i18n.ts";
import { Loading } from "../ui/loading.tsx";
import classes from "./account.module.css";
import { AskForm } from "./ask-form.tsx";

const QrCode = lazy(() => import("../ui/qr-code.tsx"));

interface EnrolmentProps {
  onEnrolled: (recoveryCodes: readonly string[]) => void;
  onCancel?: () => void;
}

/** The password, then a key for the app, then a code from it; before that nothing has changed. */
export function Enrolment({ onEnrolled, onCancel }: EnrolmentProps) {
  const t = useMessages("account");
  const [made, setMade] = useState<Made | null>(null);
  if (!made)
    return (
      <AskForm
        ask="password"
        submit={t("setUp")}
        mutation={accountMutations.beginEnrolment}
        onDone={setMade}
        onCancel={onCancel}
      />
    );
  return (
    <div className={classes.enrolment}>
      <p>{t("scan")}</p>
      <Suspense fallback={<Loading width="12.5rem" height={200} label={t("loading")} />}>
        <QrCode text={made.uri} label={t("qr")} />
      </Suspense>
      <dl className={classes.key}>
        <dt>{t("key")}</dt>
        <dd>
          <code>{made.secret.match(/.{1,4}/g)?.join(" ")}</code>
        </dd>
      </dl>
      <AskForm
        key="code"
        ask="code"
        submit={t("confirm")}
        mutation={accountMutations.confirmEnrolment}
        onDone={() => onEnrolled(made.recoveryCodes)}
        onCancel={onCancel}
      />
    </div>
  );
}
