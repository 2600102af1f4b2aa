/*
 * Places the booking page of a Créneau on any site. See docs/embed.md.
 *
 *   <div data-creneau="claire-martin"></div>
 *   <script src="https://your-creneau.example/embed.js" async></script>
 */
(() => {
  const script = document.currentScript;
  const origin = new URL(script ? script.src : location.href).origin;
  const shown = new Map();

  function addressOf({ creneau, locale, service, site, provider }) {
    const language = locale === "en" || locale === "fr" ? locale : "fr";
    const address = new URL(`/${language}/embed/${encodeURIComponent(creneau)}`, origin);
    if (service) address.searchParams.set("service", service);
    if (site) address.searchParams.set("site", site);
    if (provider) address.searchParams.set("with", provider);
    return address.href;
  }

  function place(element) {
    if (shown.has(element) || !element.dataset.creneau) return;
    const frame = document.createElement("iframe");
    frame.src = addressOf(element.dataset);
    frame.title = element.dataset.title || "Créneau";
    frame.loading = "lazy";
    // "Near me" in a network's search: the browser still asks the visitor.
    frame.allow = "geolocation";
    frame.style.cssText = "display:block;width:100%;border:0;height:640px;color-scheme:auto";
    shown.set(element, frame);
    element.append(frame);
  }

  function placeAll() {
    for (const element of document.querySelectorAll("[data-creneau]")) place(element);
  }

  addEventListener("message", (event) => {
    if (event.origin !== origin || typeof event.data?.type !== "string") return;
    if (!event.data.type.startsWith("creneau:")) return;
    for (const [element, frame] of shown) {
      if (frame.contentWindow !== event.source) continue;
      const { type, ...detail } = event.data;
      if (type === "creneau:height")
        frame.style.height = `${Math.min(Math.max(detail.height, 200), 10_000)}px`;
      element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    }
  });

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", placeAll);
  else placeAll();
  window.creneau = { place, placeAll };
})();
