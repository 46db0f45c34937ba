export interface Label {
  readonly key: string | number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly className: string | undefined;
  /** Which end of it stands at x; else its middle. */
  readonly anchor?: "start" | "end";
}

/** Texts inside an SVG group, one node per key, kept and only moved from one frame to the next. */
export function createLabelPool(group: SVGGElement): (labels: readonly Label[]) => void {
  const nodes = new Map<string | number, SVGTextElement>();
  return (labels) => {
    const gone = new Set(nodes.keys());
    for (const { key, x, y, text, className = "", anchor = "middle" } of labels) {
      gone.delete(key);
      let node = nodes.get(key);
      if (!node) {
        node = document.createElementNS("http://www.w3.org/2000/svg", "text");
        nodes.set(key, node);
        group.append(node);
      }
      node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      if (node.textContent !== text) node.textContent = text;
      if (node.getAttribute("text-anchor") !== anchor) node.setAttribute("text-anchor", anchor);
      if (node.getAttribute("class") !== className) node.setAttribute("class", className);
    }
    for (const key of gone) {
      nodes.get(key)?.remove();
      nodes.delete(key);
    }
  };
}
