import { Alert, Button, Text } from "@mantine/core";
import { useEffect } from "react";
import { useRouteError } from "react-router";
import { onRecovery } from "../outage.ts";
import { Failure } from "../ui/failure.tsx";
import { useDocumentTitle } from "../ui/page.tsx";
import { useAppMessages } from "./app-messages.ts";
import classes from "./route-error.module.css";

/** Browsers word it differently, but all name the module or its import. */
const isLoadFailure = (error: unknown) =>
  error instanceof Error &&
  /(dynamically imported|importing a|preload).*(module|css)|module script/i.test(error.message);

const reload = () => window.location.reload();

/** A page that threw, or whose code did not arrive. */
export function RouteError() {
  const t = useAppMessages();
  const error = useRouteError();
  const isLoad = isLoadFailure(error);
  const title = t(isLoad ? "chunkFailed" : "pageFailed");
  useDocumentTitle(title);
  useEffect(() => (isLoad ? onRecovery(reload) : undefined), [isLoad]);
  return (
    <div className={classes.error}>
      {isLoad ? (
        <Alert color="red" title={title}>
          <Text>{t("chunkFailedMeaning")}</Text>
          <Button variant="default" size="xs" mt="sm" onClick={reload}>
            {t("reload")}
          </Button>
        </Alert>
      ) : (
        <Failure isAnswer error={error} title={title} onRetry={reload} />
      )}
    </div>
  );
}
