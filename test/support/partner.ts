import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The page of the guide, as a partner copies it. */
const guidePage = (trendline: string): string => {
  const [, page = ""] = /```html\n(.*?)```/s.exec(readFileSync("src/proxy/README.md", "utf8")) ?? [];
  if (!page) throw new Error("the guide has no page");
  return page.replaceAll("https://trendline.clinic.example", trendline);
};

/** What a page of its own says to the frame, once that listens. */
const bare = (trendline: string, script: string) => `
  <iframe id="glucose" src="${trendline}/embed" title="Glucose" style="width: 100%; height: 30rem; border: 0"></iframe>
  <script>
    const frame = document.getElementById("glucose");
    const say = (data) => frame.contentWindow.postMessage(data, "*");
    const take = async () => (await (await fetch("/glucose-token", { method: "POST" })).json()).token;
    window.bring = async () => say({ trendline: "token", token: await take() });
    addEventListener("message", async ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      (window.heard ??= []).push(data);
      if (data.trendline === "ready") { ${script} }
      if (data.trendline === "height") frame.style.height = data.height + "px";
    });
  </script>`;

/** Pages by their path; each frames Trendline. */
const pages: Record<string, (trendline: string) => string> = {
  "/": guidePage,
  "/silent": (trendline) => bare(trendline, ""),
  "/nonsense": (trendline) =>
    bare(
      trendline,
      `for (const data of [null, 7, "token", [], {}, { trendline: "height", height: -1 }, { token: "x" }]) say(data);
       for (const token of [{}, 7, "tle_".padEnd(5000, "x"), "<b>&amp;"]) say({ trendline: "token", token });`,
    ),
  "/asking": (trendline) => bare(trendline, "await bring();"),
  "/renewing": (trendline) =>
    `${bare(trendline, "await bring();")}<script>addEventListener("message", ({ data }) => { if (data.reason === "expiring") bring(); });</script>`,
  "/again": (trendline) =>
    bare(
      trendline,
      `const token = await take(); say({ trendline: "token", token }); setTimeout(() => say({ trendline: "token", token }), 1);`,
    ),
  "/nested": () => '<iframe src="/" title="A page of ours" style="width: 100%; height: 60rem"></iframe>',
  "/framed-app": (trendline) => `<iframe src="${trendline}/patients" title="The app"></iframe>`,
};

export interface Asked {
  patient?: string;
  serial?: string;
  language?: string;
  unit?: string;
  scheme?: string;
}

/**
 * Another company's web server: its pages frame Trendline, and it asks for tokens with its API key, for who is `asked`. It
 * shares no code with Trendline.
 */
export async function startPartner() {
  const state = { trendline: "", secret: "", asked: {} as Asked, parentOrigin: "", tokens: [] as string[] };
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://host");
    if (request.method === "POST" && pathname === "/glucose-token") {
      const answer = await fetch(`${state.trendline}/api/embed-tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${state.secret}`, "content-type": "application/json" },
        body: JSON.stringify({ ...state.asked, parentOrigin: state.parentOrigin }),
      });
      const text = await answer.text();
      state.tokens.push((JSON.parse(text) as { token?: string }).token ?? "");
      response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
      return;
    }
    const around = `<iframe src="${decodeURIComponent(search.slice(1))}" title="Another company's page"></iframe>`;
    const page = pathname === "/around" ? () => around : pages[pathname];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html;charset=utf-8" });
    response.end(
      page &&
        `<!doctype html><html lang="en"><title>Portal</title><main><h1>Portal</h1>${page(state.trendline)}</main>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  state.parentOrigin = origin;
  return {
    origin,
    state,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
