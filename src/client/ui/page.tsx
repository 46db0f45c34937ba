import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { clearAnnouncement } from "./announcer.tsx";
import { useDocumentTitle } from "./document-title.ts";
import { focusHeading } from "./keep-focus.ts";
import classes from "./page.module.css";
import { Sheet } from "./sheet.tsx";

interface PageProps {
  title: string;
  /** A line under the title. */
  lead?: ReactNode;
  /** Beside the title: what can be done on this page. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page's heading, its name in the browser's tab, and its content. */
export function Page({ title, lead, actions, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <>
      <Sheet who={title} />
      <div className={classes.heading}>
        <div>
          <h1>{title}</h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions}
      </div>
      {children}
    </>
  );
}

export const mainId = "main";

/**
 * The main landmark. After a navigation the page's heading takes the focus, so that its name is heard, unless
 * the new page has put it somewhere better; until the heading has come the landmark itself holds it.
 */
export function Main({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const focusedFor = useRef(pathname);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every page that is left, the last one at the sign-out too.
  useEffect(() => clearAnnouncement, [pathname]);
  useEffect(() => {
    if (focusedFor.current === pathname) return;
    focusedFor.current = pathname;
    window.scrollTo(0, 0);
    const { current } = main;
    if (!current || current.contains(document.activeElement)) return;
    const takeHeading = () => {
      const heading = current.querySelector("h1");
      return heading !== null && focusHeading(heading);
    };
    if (takeHeading()) return;
    current.focus({ preventScroll: true });
    const observer = new MutationObserver(() => {
      if (document.activeElement !== current || takeHeading()) observer.disconnect();
    });
    observer.observe(current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [pathname]);
  return (
    <main id={mainId} ref={main} tabIndex={-1} className={classes.main}>
      {children}
    </main>
  );
}
