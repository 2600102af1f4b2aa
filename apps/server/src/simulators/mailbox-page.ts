import type { ReceivedMail } from "./received-mail.ts";

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; overflow-wrap: anywhere }
  li { margin: 0 0 .75rem } a { color: #1d4ed8 } small, dt { color: #555 } dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem }
  dd { margin: 0 } pre { white-space: pre-wrap; border-top: 1px solid #ccc; padding-top: 1rem; font: inherit }`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** The list, latest first. */
export function renderMailbox(mails: ReceivedMail[]): string {
  const items = mails.map(
    ({ id, subject, to, receivedAt }) =>
      `<li><a href="/demo/mailbox/${id}">${escapeHtml(subject || "(no subject)")}</a><br>` +
      `<small>${escapeHtml(to.join(", "))} · <time datetime="${receivedAt}">${receivedAt}</time></small></li>`,
  );
  const list = items.length > 0 ? `<ul>${items.join("")}</ul>` : "<p>No mail yet.</p>";
  return page("Demo mailbox", `<p>Mail the demo has sent. It goes nowhere else.</p>${list}`);
}

/** One mail, as plain text with its links alive. */
export function renderMessage(mail: ReceivedMail): string {
  const text = escapeHtml(mail.text).replace(
    /https?:\/\/[^\s<>]+/g,
    (link) => `<a href="${link}" rel="noreferrer">${link}</a>`,
  );
  return page(
    escapeHtml(mail.subject || "(no subject)"),
    `<p><a href="/demo/mailbox">All mail</a></p><dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd>` +
      `<dt>To</dt><dd>${escapeHtml(mail.to.join(", "))}</dd><dt>Received</dt><dd>${mail.receivedAt}</dd></dl><pre>${text}</pre>`,
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
