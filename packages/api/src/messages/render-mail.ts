import type { MailLocale } from "./format-when.ts";

/** What every mail is made of; all of it plain text, escaped here. */
export interface MailBody {
  locale: MailLocale;
  sender: string;
  paragraphs: string[];
  rows?: { label: string; value: string }[];
  /** The one thing to do, as a button. */
  action?: { label: string; url: string };
  /** Where else to go. */
  links?: { label: string; url: string }[];
  closing?: string;
}

/** Plain text and simple HTML of the same content: no image, no remote resource, no script. */
export function renderMail(body: MailBody): { text: string; html: string } {
  return { text: renderText(body), html: renderHtml(body) };
}

function renderText({
  locale,
  sender,
  paragraphs,
  rows = [],
  action,
  links = [],
  closing,
}: MailBody): string {
  const colon = locale === "fr" ? "\u00a0:" : ":";
  const linkText = ({ label, url }: { label: string; url: string }) => `${label}${colon} ${url}`;
  const blocks = [
    ...paragraphs,
    rows.map(({ label, value }) => `${label}${colon} ${value}`).join("\n"),
    ...[...(action ? [action] : []), ...links].map(linkText),
    closing ?? "",
    sender,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function renderHtml({
  locale,
  sender,
  paragraphs,
  rows = [],
  action,
  links = [],
  closing,
}: MailBody): string {
  // Two properties for one thing: mail programs know the one or the other.
  const wrap = "overflow-wrap:anywhere;word-break:break-word";
  const cell = `padding:4px 16px 4px 0;vertical-align:top;${wrap}`;
  const table = rows.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${cell};text-align:left;font-weight:normal;color:#555">${escapeHtml(label)}</th>` +
      `<td style="${cell}">${escapeHtml(value)}</td></tr>`,
  );
  const button =
    action &&
    `<p><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:10px 18px;background:#1d4ed8;color:#fff;` +
      `text-decoration:none;border-radius:6px">${escapeHtml(action.label)}</a></p>`;
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head>`,
    `<body style="font:16px/1.5 sans-serif;color:#111;max-width:36em;${wrap}">`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...(table.length > 0 ? ["<table>", ...table, "</table>"] : []),
    ...(button ? [button] : []),
    ...links.map(({ label, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`),
    ...(closing ? [`<p>${escapeHtml(closing)}</p>`] : []),
    `<p style="color:#555">${escapeHtml(sender)}</p>`,
    "</body></html>",
  ].join("\n");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
