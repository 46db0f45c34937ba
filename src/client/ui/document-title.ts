import { useEffect } from "react";
import { brand } from "../in-brand.ts";

/** Names the browser's tab, for a page that sets its own heading. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – ${brand.name}`;
  }, [title]);
}
