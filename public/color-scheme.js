// Runs before the first paint, so that a dark screen never flashes white, and follows the system and the reader's choice.
(() => {
  const key = "mantine-color-scheme-value";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let scheme = "auto";
  try {
    scheme = localStorage.getItem(key) ?? scheme;
  } catch {
    // Storage is blocked: follow the system.
  }
  const show = () => {
    const shown = scheme === "auto" ? (dark.matches ? "dark" : "light") : scheme;
    document.documentElement.setAttribute("data-mantine-color-scheme", shown);
  };
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    scheme = event.newValue ?? "auto";
    show();
  });
})();
