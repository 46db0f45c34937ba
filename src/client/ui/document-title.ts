import { useEffect } from "react";

/** Names the browser's tab, for a page that sets its own heading. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Trendline`;
  }, [title]);
}
