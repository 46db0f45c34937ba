import { Alert, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Component, type ReactNode, useEffect, useState } from "react";
import type { Location } from "react-router";
import { aboutQuery } from "../api/about.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { useDocumentTitle } from "../ui/page.tsx";
import classes from "./route-error.module.css";

/** Browsers word it differently, but all name the module or its import. */
const isLoadFailure = (error: unknown) =>
  error instanceof Error &&
  /(dynamically imported|importing a|preload).*(module|css)|module script/i.test(error.message);

const reload = () => window.location.reload();

interface RouteBoundaryProps {
  location: Location;
  children: ReactNode;
}

/** A page that threw, or whose code did not arrive; another address is another try. */
export class RouteBoundary extends Component<
  RouteBoundaryProps,
  { thrown: { error: unknown } | null; location: Location }
> {
  override state: { thrown: { error: unknown } | null; location: Location } = {
    thrown: null,
    location: this.props.location,
  };

  static getDerivedStateFromError(error: unknown) {
    return { thrown: { error } };
  }

  static getDerivedStateFromProps({ location }: RouteBoundaryProps, before: { location: Location }) {
    return location === before.location ? null : { thrown: null, location };
  }

  override render() {
    const { thrown } = this.state;
    return thrown ? <RouteError error={thrown.error} /> : this.props.children;
  }
}

const RouteError = ({ error }: { error: unknown }) => (
  <div className={classes.error}>{isLoadFailure(error) ? <NotLoaded /> : <Thrown error={error} />}</div>
);

function Thrown({ error }: { error: unknown }) {
  const title = useMessages("app")("pageFailed");
  useDocumentTitle(title);
  return <Failure isAnswer error={error} title={title} onRetry={reload} />;
}

/** Without a server, loading again would leave nothing at all: then the page waits, and opens by itself. */
function NotLoaded() {
  const t = useMessages("app");
  const { refetch, isError } = useQuery(aboutQuery);
  const [server, setServer] = useState<"unknown" | "there" | "gone">("unknown");
  useEffect(() => {
    void refetch().then((answer) => setServer(answer.isError ? "gone" : "there"));
  }, [refetch]);
  const isBack = server === "gone" && !isError;
  useEffect(() => {
    if (isBack) reload();
  }, [isBack]);
  const isWaiting = server !== "there" || isError;
  const title = t(isWaiting ? "chunkAwaited" : "chunkFailed");
  useDocumentTitle(title);
  if (server === "unknown") return null;
  return isWaiting ? (
    <Alert color="gray" title={title} role="status">
      <Text>{t("chunkAwaitedMeaning")}</Text>
    </Alert>
  ) : (
    <Alert color="red" title={title}>
      <Text>{t("chunkFailedMeaning")}</Text>
      <Button variant="default" size="xs" mt="sm" onClick={reload}>
        {t("reload")}
      </Button>
    </Alert>
  );
}
