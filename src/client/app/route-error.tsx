import { useQuery } from "@tanstack/react-query";
import { Component, type ReactNode, useEffect, useState } from "react";
import { aboutQuery } from "../api/about.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Notice } from "../ui/notice.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import classes from "./route-error.module.css";

/** Browsers word it differently, but all name the module or its import. */
const isLoadFailure = (error: unknown) =>
  error instanceof Error &&
  /(dynamically imported|importing a|preload).*(module|css)|module script/i.test(error.message);

const reload = () => window.location.reload();

interface RouteBoundaryProps {
  location: unknown;
  children: ReactNode;
}

/** A page that threw, or whose code did not arrive; another address is another try. */
export class RouteBoundary extends Component<
  RouteBoundaryProps,
  { thrown: { error: unknown } | null; location: unknown }
> {
  override state: { thrown: { error: unknown } | null; location: unknown } = {
    thrown: null,
    location: this.props.location,
  };

  static getDerivedStateFromError(error: unknown) {
    return { thrown: { error } };
  }

  static getDerivedStateFromProps({ location }: RouteBoundaryProps, before: { location: unknown }) {
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
  return <PlainFailure isAnswer error={error} title={title} onRetry={reload} />;
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
    <Notice color="gray" title={title} role="status">
      <p>{t("chunkAwaitedMeaning")}</p>
    </Notice>
  ) : (
    <Notice color="red" title={title}>
      <p>{t("chunkFailedMeaning")}</p>
      <Button variant="default" size="xs" onClick={reload}>
        {t("reload")}
      </Button>
    </Notice>
  );
}
