/**
 * Runs in the browser: what of the page a reader cannot read. Text outside the window or cut off by what
 * clips it, fields narrower than what stands or could be chosen in them, numbers parted from their units, and
 * text that lies on other text. One line each, at most twenty.
 */
export function misfits(): string[] {
  const found = new Set<string>();
  const slackPx = 1.5;
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  /** Shown to nobody, or to screen readers alone (a box of a pixel, or clipped to nothing). */
  const isUnseen = (element: Element): boolean => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { clipPath, clip, position } = styleOf(at);
      const { width, height } = at.getBoundingClientRect();
      if (clipPath.startsWith("inset(50%") || (position === "absolute" && clip.startsWith("rect(")))
        return true;
      if (width <= 1 && height <= 1 && styleOf(at).overflow !== "visible") return true;
    }
    return false;
  };
  /** Lies over the page, as a dialogue does. */
  const isFloating = (element: Element): boolean => {
    if (element.closest("[role=dialog]")) return true;
    for (let at: Element | null = element; at; at = at.parentElement)
      if (["sticky", "fixed"].includes(styleOf(at).position)) return true;
    return false;
  };
  /**
   * The part of the window and its length that an element's ancestors show. `scrolled` takes what scrolls as
   * a frame too: what lies outside of it is out of sight and not cut, since it can be scrolled to.
   */
  const frameOf = (element: Element, scrolled: boolean) => {
    const frame = { left: 0, right: document.documentElement.clientWidth, top: -Infinity, bottom: Infinity };
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, display } = styleOf(at);
      if (display === "inline" || at instanceof SVGElement) continue;
      const box = at.getBoundingClientRect();
      const isFrame = (overflow: string) =>
        ["hidden", "clip", ...(scrolled ? ["auto", "scroll"] : [])].includes(overflow);
      if (isFrame(overflowX)) {
        frame.left = Math.max(frame.left, box.left);
        frame.right = Math.min(frame.right, box.right);
      } else if (overflowX !== "visible")
        return { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
      if (isFrame(overflowY)) {
        frame.top = Math.max(frame.top, box.top);
        frame.bottom = Math.min(frame.bottom, box.bottom);
      } else if (overflowY !== "visible") {
        frame.top = -Infinity;
        frame.bottom = Infinity;
      }
    }
    return frame;
  };

  const texts: { text: string; element: Element; box: DOMRect }[] = [];
  const whole: { text: string; node: Node }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent?.trim() ?? "";
    if (
      !element ||
      !text ||
      ["SCRIPT", "STYLE", "OPTION", "TITLE"].includes(element.tagName) ||
      isUnseen(element)
    )
      continue;
    whole.push({ text: walker.currentNode.textContent ?? "", node: walker.currentNode });
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const frame = frameOf(element, false);
    const sight = frameOf(element, true);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const isInSight =
        box.bottom > sight.top && box.top < sight.bottom && box.right > sight.left && box.left < sight.right;
      if (isInSight) texts.push({ text: text.slice(0, 40), element, box });
      const cutX = Math.max(frame.left - box.left, box.right - frame.right);
      // Line boxes are taller than their letters.
      const cutY = Math.max(frame.top - box.top, box.bottom - frame.bottom) - box.height * 0.2;
      if (cutX > slackPx || cutY > slackPx)
        found.add(`cut: ${text.slice(0, 40)} (${Math.round(Math.max(cutX, cutY))} px)`);
    }
  }

  // What somebody types runs on in its field; what was chosen, or asks for something, is to be read.
  const pen = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll<HTMLInputElement>(
    "input[role=combobox], input[aria-haspopup], input:placeholder-shown",
  )) {
    if (isUnseen(field) || !pen) continue;
    const style = styleOf(field);
    pen.font = style.font;
    const shown = field.value || field.placeholder;
    const room =
      field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const overPx = pen.measureText(shown).width - room;
    if (overPx > slackPx) found.add(`field: ${shown.slice(0, 40)} (${Math.round(overPx)} px)`);
  }

  // Of a select every value, in the lines that the select has room for. Nothing hears of the change.
  for (const select of document.querySelectorAll("select")) {
    if (isUnseen(select)) continue;
    const chosen = select.selectedIndex;
    // Not `font`, which is empty while colours are forced.
    const {
      fontFamily,
      fontSize,
      fontWeight,
      lineHeight,
      letterSpacing,
      whiteSpace,
      overflowWrap,
      wordBreak,
    } = getComputedStyle(select);
    const copy = document.createElement("div");
    Object.assign(copy.style, {
      fontFamily,
      fontSize,
      fontWeight,
      lineHeight,
      letterSpacing,
      whiteSpace,
      overflowWrap,
      wordBreak,
      position: "fixed",
      transition: "none",
    });
    document.body.append(copy);
    for (const [index, { text }] of [...select.options].entries()) {
      select.selectedIndex = index;
      const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(select);
      const width = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const height = select.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
      copy.style.width = `${width + slackPx}px`;
      copy.textContent = text;
      const overPx = Math.max(copy.scrollWidth - copy.clientWidth, copy.scrollHeight - height);
      if (overPx > slackPx) found.add(`select: ${text.slice(0, 40)} (${Math.round(overPx)} px)`);
    }
    copy.remove();
    select.selectedIndex = chosen;
  }

  // A number at the end of a line, and its unit on the next.
  const amount = /\d[\d.,]*\s?(?:%|mmol\/L|mg\/dL|(?:days?|hours?|minutes?|seconds?)\b)/g;
  for (const { text, node } of whole)
    for (const { 0: words, index } of text.matchAll(amount)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + words.length);
      const tops = [...range.getClientRects()].filter(({ width }) => width >= 1).map(({ top }) => top);
      if (Math.max(...tops) - Math.min(...tops) > 4)
        found.add(`parted: ${words}, ${text.trim().slice(0, 40)}`);
    }

  const settled = texts.filter(({ element }) => !isFloating(element)).sort((a, b) => a.box.top - b.box.top);
  for (const [index, one] of settled.entries())
    for (const other of settled.slice(index + 1)) {
      if (other.box.top > one.box.bottom) break;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      const lower = Math.min(one.box.height, other.box.height);
      if (across > 2 && down > lower * 0.4) found.add(`on one another: ${one.text} | ${other.text}`);
    }

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth - clientWidth} px too wide`);
  for (const region of document.querySelectorAll("*")) {
    const { overflowX } = styleOf(region);
    if (
      (overflowX === "auto" || overflowX === "scroll") &&
      region.scrollWidth > region.clientWidth + 1 &&
      !isUnseen(region)
    )
      found.add(
        `sideways: ${region.getAttribute("aria-label") ?? region.className} (${region.scrollWidth - region.clientWidth} px)`,
      );
  }
  return [...found].slice(0, 20);
}
