import "./app/styles.ts";
import { type QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { createRoot } from "react-dom/client";
import type { OpenedEmbed } from "#contract/embed.ts";
import type { Words } from "#words/messages.ts";
import { aboutQuery } from "./api/about.ts";
import { askByPass } from "./api/embedded.ts";
import { OutageWatch } from "./app/outage-notice.tsx";
import { createQueryClient } from "./app/query-client.ts";
import shell from "./app/shell.module.css";
import { watchWaking } from "./clock.ts";
import { leaveComposingAlone } from "./composition.ts";
import { Frame } from "./embed/frame.tsx";
import { MemoryRouter } from "./embed/memory-router.tsx";
import { addCatalogs, loadCatalogs, useMessages } from "./i18n.ts";
import { choose, getPreferences } from "./preferences.ts";
import { Announcer } from "./ui/announcer.tsx";
import { showColorScheme } from "./ui/color-scheme.ts";
import layout from "./ui/layout.module.css";
import { NoWayOutContext } from "./ui/link.tsx";
import { Loading } from "./ui/loading.tsx";

const EmbeddedPatient = lazy(async () => {
  const page = import("./patient/embedded-patient.tsx");
  await loadCatalogs(["patient", "chart"]);
  return { default: (await page).EmbeddedPatient };
});
const EmbeddedSensor = lazy(async () => {
  const page = import("./device/embedded-sensor.tsx");
  await loadCatalogs(["device", "chart", "recalls"]);
  return { default: (await page).EmbeddedSensor };
});

/** As the partner asks, for this view alone: what somebody has chosen in Trendline itself is neither read nor changed. */
async function showAsAsked({ language, unit, scheme }: OpenedEmbed): Promise<void> {
  showColorScheme(scheme);
  const { language: own, singleKeys } = getPreferences();
  // Where the words of a language cannot be had the others stay, and the view is worth more than its language.
  await Promise.resolve(choose({ language: language ?? own, unit, singleKeys })).catch(() => {});
}

function keepPreferencesApart(): void {
  const isOfAnotherTab = (event: Event) => {
    // Those of showColorScheme are made by script.
    if (event.isTrusted) event.stopImmediatePropagation();
  };
  addEventListener("storage", isOfAnotherTab, true);
}

function Embed({ queryClient }: { queryClient: QueryClient }) {
  useEffect(leaveComposingAlone, []);
  useEffect(() => watchWaking(() => void queryClient.invalidateQueries()), [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <NoWayOutContext value={true}>
        <MemoryRouter>
          <Frame onPreferences={showAsAsked}>
            {(shown) => (
              <OutageWatch>
                <Sandbox />
                <Suspense fallback={<Loading height={360} />}>
                  {shown.kind === "patient" ? (
                    <EmbeddedPatient patient={shown.patient} />
                  ) : (
                    <EmbeddedSensor serial={shown.serial} seesGlucose={shown.seesGlucose} />
                  )}
                </Suspense>
              </OutageWatch>
            )}
          </Frame>
        </MemoryRouter>
      </NoWayOutContext>
      <Announcer />
    </QueryClientProvider>
  );
}

function Sandbox() {
  const t = useMessages("app");
  const { data } = useQuery(aboutQuery);
  return (
    data?.platform === "sandbox" && <p className={`${shell.sandbox} ${layout.belowSm}`}>{t("sandbox")}</p>
  );
}

/** `/embed`, a page of its own: see embed/embed.html. */
async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("embed.html has no #root");
  addCatalogs(import.meta.glob<Words>("../words/locales/*/embed.json", { import: "default" }));
  askByPass();
  keepPreferencesApart();
  try {
    await loadCatalogs(["domain", "ui", "app", "embed"]);
  } catch (error) {
    root.textContent = "Trendline could not be loaded. Reload the page. 页面加载失败，请刷新。";
    throw error;
  }
  createRoot(root).render(<Embed queryClient={createQueryClient()} />);
}

void start();
