/**
 * Where to go after signing in: the asked place when it is on this very site, else the front door, which leads staff to
 * their calendar in the language of their profile.
 * Anything that another origin could answer (`//evil`, `/\evil`, `https://…`) is dropped.
 */
export function returnPath({ asked, locale }: { asked: string | undefined; locale: string }): string {
  const fallback = `/${locale}`;
  if (!asked) return fallback;
  const base = "http://same.origin.invalid";
  try {
    const url = new URL(asked, base);
    if (url.origin !== base || asked.includes("\\") || !asked.startsWith("/")) return fallback;
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return fallback;
  }
}
