const texts = {
  fr: {
    title: "Un instant, s’il vous plaît",
    lead: "Le service ne répond pas pour le moment. Rien n’est perdu : cette page s’affichera d’elle-même dès qu’il sera de retour.",
    action: "Réessayer maintenant",
  },
  en: {
    title: "One moment, please",
    lead: "The service is not answering right now. Nothing is lost: this page will show by itself as soon as it is back.",
    action: "Try again now",
  },
};

/** A crowd of open pages must not come back all in the same second. */
function seconds(retryAfter: number): number {
  return retryAfter + Math.floor(Math.random() * 4);
}

/**
 * Instead of a page that cannot be drawn because the database is away. It asks again by itself, without a script, which
 * could not be loaded for sure either.
 */
export function renderUnavailablePage({
  pathname,
  retryAfterSeconds,
}: {
  pathname: string;
  retryAfterSeconds: number;
}): string {
  const language = /^\/en(\/|$)/.test(pathname) ? "en" : "fr";
  const { title, lead, action } = texts[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${seconds(retryAfterSeconds)}">
<title>${title} · Créneau</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100dvh; margin: 0; }
  main { max-width: 24rem; padding: 2rem; text-align: center; }
  h1 { font-size: 1.25rem; }
  h1, p { text-wrap: balance; }
  a { display: inline-block; margin-top: 1rem; padding: .75rem 1.5rem; border-radius: .5rem; background: #2563eb; color: #fff; font-weight: 600; text-decoration: none; }
  a:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px; }
</style>
</head>
<body>
<main role="status">
<h1>${title}</h1>
<p>${lead}</p>
<a href="">${action}</a>
</main>
</body>
</html>
`;
}
