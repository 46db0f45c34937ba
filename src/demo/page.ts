import { loadCatalogs } from "#client/i18n.ts";
import english from "#words/locales/en/demo.json" with { type: "json" };
import chinese from "#words/locales/zh-CN/demo.json" with { type: "json" };
import { base } from "./base.ts";
import { carryRequests } from "./carry.ts";
import { connect } from "./connection.ts";
import type { Notice } from "./messages.ts";
import { watchStatus } from "./state.ts";

/** Instead of the app, in both languages: its words may not be there. */
function say(what: keyof typeof english): void {
  const paragraphs = [english[what], chinese[what]].map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  });
  document.body.replaceChildren(...paragraphs);
}

function hear(notice: Notice): void {
  if (notice.kind === "replaced") say("replaced");
  else {
    sessionStorage.clear();
    location.replace(`${base}/`);
  }
}

function giveUp(error: unknown): void {
  say("broken");
  console.error(error);
}

async function open(): Promise<void> {
  // From 404.html, which is shown for an address within where no service worker answers.
  const address = new URL(location.href).searchParams.get("at");
  if (address?.startsWith("/")) history.replaceState(null, "", base + address);
  // A relative one would follow the address.
  document
    .querySelector<HTMLLinkElement>("link[rel=icon]:not([href^='data:'])")
    ?.setAttribute("href", `${base}/icon.svg`);
  if (!isSecureContext) return say("insecure");
  const connection = await connect(hear, () => say("broken"));
  if (!connection) return say("otherTab");
  connection.status().catch(giveUp);
  await Promise.all([carryRequests(connection), loadCatalogs(["demo"])]);
  watchStatus(connection);
  await import("#client/main.tsx");
}

open().catch(giveUp);
