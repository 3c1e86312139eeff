// Wears the chosen colours before the first paint, so that a dark page never flashes white. A file of its own, because the
// page's policy runs no script that stands in it. It knows three words and believes nothing else (L51).
try {
  const kept = JSON.parse(globalThis.localStorage.getItem("conclave.settings"))
  if (["light", "dark", "contrast"].includes(kept?.theme)) document.documentElement.dataset.theme = kept.theme
} catch {
  // A browser that keeps nothing shows the system's colours.
}
