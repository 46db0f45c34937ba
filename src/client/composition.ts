/**
 * A key that belongs to an input method (pinyin, kana, hangul) while it composes is no command: the Enter that ends a composition submits nothing
 * and chooses nothing, the Escape that leaves it closes nothing. For every field and shortcut at once, before any of them hears of it.
 */
export function leaveComposingAlone(): () => void {
  const onKey = (event: KeyboardEvent) => {
    // Safari ends the composition before it tells of its Enter, and says 229 all the same.
    if (!event.isComposing && event.keyCode !== 229) return;
    event.stopPropagation();
    if (event.key === "Enter") event.preventDefault();
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
