const texts = {
  fr: { title: "Connexion à Créneau", lead: "Encore un geste pour vous connecter.", action: "Se connecter" },
  en: { title: "Sign in to Créneau", lead: "One more step to sign in.", action: "Sign in" },
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * The page a mailed link opens. Mail scanners open links too, so opening it changes nothing: its button does, by POST.
 * Plain HTML without script, so that it works wherever the mail is read.
 */
export function renderSignInLinkPage({
  token,
  to,
  locale,
}: {
  token: string;
  to: string;
  locale: string;
}): string {
  const language = locale === "en" ? "en" : "fr";
  const { title, lead, action } = texts[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100dvh; margin: 0; }
  main { max-width: 22rem; padding: 2rem; text-align: center; }
  button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; background: #2563eb; color: #fff; cursor: pointer; }
  button:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${lead}</p>
<form method="post" action="/api/auth/link">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<input type="hidden" name="to" value="${escapeHtml(to)}">
<button type="submit">${action}</button>
</form>
</main>
</body>
</html>
`;
}
