import "./app/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { aboutQuery } from "./api/about.ts";
import { sessionQuery } from "./api/session.ts";
import { App } from "./app/app.tsx";
import { createQueryClient } from "./app/query-client.ts";
import { createRouter } from "./app/router.tsx";

const queryClient = createQueryClient();
// Under way while the first page's code is still loading.
void queryClient.prefetchQuery(aboutQuery);
void queryClient.prefetchQuery(sessionQuery);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} router={createRouter()} />
  </StrictMode>,
);
