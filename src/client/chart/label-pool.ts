import type { Label, LabelRole } from "#report/chart/label.ts";
import classes from "./glucose-chart.module.css";

const classOf: Record<LabelRole, string | undefined> = {
  time: classes.label,
  date: classes.dateLabel,
  offset: classes.offsetLabel,
  gap: classes.gapLabel,
  sensor: classes.sensorLabel,
};

/** Texts inside an SVG group, one node per key; those of keys that are gone become those of new ones. */
export function createLabelPool(group: SVGGElement): (labels: readonly Label[]) => void {
  const nodes = new Map<string | number, SVGTextElement>();
  return (labels) => {
    const kept = new Set(labels.map(({ key }) => key));
    const gone = [...nodes.keys()].filter((key) => !kept.has(key));
    const spare = gone.map((key) => nodes.get(key) as SVGTextElement);
    for (const key of gone) nodes.delete(key);
    for (const { key, x, y, text, role, anchor = "middle" } of labels) {
      let node = nodes.get(key) ?? spare.pop();
      if (!node) {
        node = document.createElementNS("http://www.w3.org/2000/svg", "text");
        group.append(node);
      }
      nodes.set(key, node);
      node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      if (node.textContent !== text) node.textContent = text;
      if (node.getAttribute("text-anchor") !== anchor) node.setAttribute("text-anchor", anchor);
      const className = classOf[role] ?? "";
      if (node.getAttribute("class") !== className) node.setAttribute("class", className);
    }
    for (const node of spare) node.remove();
  };
}
