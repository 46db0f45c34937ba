import "./app/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { aboutQuery } from "./api/about.ts";
import { sessionQuery } from "./api/session.ts";
import { App } from "./app/app.tsx";
import { createQueryClient } from "./app/query-client.ts";
import { frameCatalogs, prefetchPage } from "./app/router.tsx";
import { loadCatalogs } from "./i18n.ts";

const queryClient = createQueryClient();
// Under way while the first page's code is still loading.
void queryClient.prefetchQuery(aboutQuery);
void queryClient.prefetchQuery(sessionQuery);
prefetchPage(window.location.pathname);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
loadCatalogs(frameCatalogs).then(
  () =>
    createRoot(root).render(
      <StrictMode>
        <BrowserRouter>
          <App queryClient={queryClient} />
        </BrowserRouter>
      </StrictMode>,
    ),
  (error) => {
    root.textContent = "Trendline could not be loaded. Reload the page. 页面加载失败，请刷新。";
    throw error;
  },
);
