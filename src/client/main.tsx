import "./app/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { aboutQuery } from "./api/about.ts";
import { sessionQuery } from "./api/session.ts";
import { createQueryClient } from "./app/query-client.ts";
import { askForPage, isOutside, loadApp, Root } from "./app/root.tsx";
import { loadCatalogs } from "./i18n.ts";

const queryClient = createQueryClient();
// Under way while the words are still loading.
void queryClient.prefetchQuery(aboutQuery);
void queryClient.prefetchQuery(sessionQuery);
// A page's own address is opened from a bookmark or by a reload, mostly by somebody who is signed in.
const { pathname } = window.location;
if (pathname !== "/" && !isOutside(pathname)) {
  loadApp().catch(() => {});
  askForPage(queryClient).catch(() => {});
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
loadCatalogs(["domain", "ui", "sign-in"]).then(
  () =>
    createRoot(root).render(
      <StrictMode>
        <Root queryClient={queryClient} />
      </StrictMode>,
    ),
  (error) => {
    root.textContent = "Trendline could not be loaded. Reload the page. 页面加载失败，请刷新。";
    throw error;
  },
);
