const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";

/**
 * What a screen reader is given to say: the text of each live region that changes, and of an alert that
 * comes. Not of a status that comes with its words.
 */
export function hear(): { heard: string[]; end: () => void } {
  const heard: string[] = [];
  const observer = new MutationObserver((records) => {
    const changed = new Set<Element>();
    const added = new Set<Node>(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest(live);
      if (region && ![...added].some((node) => node !== region && node.contains(region))) changed.add(region);
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const alert of [node, ...node.querySelectorAll("*")])
            if (alert.matches("[role=alert]")) changed.add(alert);
    }
    for (const { isConnected, textContent } of changed)
      if (isConnected && textContent?.trim()) heard.push(textContent.trim());
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  return { heard, end: () => observer.disconnect() };
}
