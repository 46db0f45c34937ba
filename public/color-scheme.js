// Runs before the first paint, so that a dark screen never flashes white, and follows the system while the app is not there to.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    let scheme = "auto";
    try {
      scheme = localStorage.getItem("mantine-color-scheme-value") ?? scheme;
    } catch {
      // Storage is blocked: follow the system.
    }
    if (scheme === "auto") scheme = dark.matches ? "dark" : "light";
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
  };
  show();
  dark.addEventListener("change", show);
})();
