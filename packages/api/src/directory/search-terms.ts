import { foldReference, foldText } from "@creneau/domain/text/fold-text";

/** What the operator typed, as the searches need it. */
export interface SearchTerms {
  /** Folded; a client must hold every one. */
  words: string[];
  /** The beginning of a subject's search key; null when it says too little to look for. */
  reference: string | null;
}

const phoneLike = /^[+(]?[\d\s().+/-]+$/;

/**
 * Reads the text of a search box. Digits with separators are one phone number, national or international: the
 * searched text holds both forms, so `06 12…`, `+33 6 12…` and `0033 6 12…` all find it.
 */
export function searchTerms(text: string): SearchTerms {
  const typed = text.normalize("NFKC").trim();
  const key = foldReference(typed);
  const reference = key.length >= 2 ? key : null;
  if (phoneLike.test(typed)) {
    const digits = typed.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^00/, "");
    if (digits.length >= 2) return { words: [digits], reference };
  }
  return { words: foldText(typed).split(" ").filter(Boolean).slice(0, 8), reference };
}

/** SQL for the ids of clients (of organization `$1`) with a subject whose search key begins with a parameter; null finds none. */
export function clientIdsOfReference(parameter: string): string {
  return `SELECT s.client_id FROM (
       SELECT j.client_id FROM subject j
       WHERE j.organization_id = $1::uuid AND j.archived_at IS NULL AND j.client_id IS NOT NULL
         AND j.search_key COLLATE "C" >= ${parameter}::text AND j.search_key COLLATE "C" < ${parameter}::text || chr(1114109)
       ORDER BY j.search_key COLLATE "C" LIMIT 50) s`;
}

/** SQL for the ids of clients (of organization `$1`) who are known at one of the sites of a parameter. */
export function clientIdsAt(parameter: string): string {
  return `SELECT a.client_id FROM appointment a
       WHERE a.organization_id = $1::uuid AND a.site_id = ANY (${parameter}::uuid[]) AND a.client_id IS NOT NULL
       UNION SELECT coalesce(m.merged_into_id, m.id) FROM client_site k JOIN client m ON m.organization_id = k.organization_id AND m.id = k.client_id
       WHERE k.organization_id = $1::uuid AND k.site_id = ANY (${parameter}::uuid[])`;
}
