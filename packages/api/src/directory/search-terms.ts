/** What the operator typed, as the searches need it. */
export interface SearchTerms {
  /** Folded by the database; a client must hold every one. */
  words: string[];
  /** Beginnings of a subject's reference: as typed, in capitals, and as a plate. */
  references: string[];
}

const phoneLike = /^[+(]?[\d\s().+/-]+$/;

/**
 * Reads the text of a search box. Digits with separators are one phone number, national or international: the
 * searched text holds both forms, so `06 12…`, `+33 6 12…` and `0033 6 12…` all find it.
 */
export function searchTerms(text: string): SearchTerms {
  const typed = text.trim();
  const plate = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const references = [...new Set([typed, typed.toUpperCase(), plate])].filter(
    (reference) => reference.length >= 2,
  );
  if (phoneLike.test(typed)) {
    const digits = typed.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^00/, "");
    if (digits.length >= 2) return { words: [digits], references };
  }
  return { words: typed.split(/\s+/).filter(Boolean).slice(0, 8), references };
}

/** SQL for the ids of clients (of organization `$1`) with a subject whose reference begins with one of a list. */
export function clientIdsOfReferences(parameter: string): string {
  return `SELECT s.client_id FROM unnest(${parameter}::text[]) AS typed(reference)
       JOIN LATERAL (
         SELECT j.client_id FROM subject j
         WHERE j.organization_id = $1::uuid AND j.archived_at IS NULL AND j.client_id IS NOT NULL
           AND j.reference COLLATE "C" >= typed.reference AND j.reference COLLATE "C" < typed.reference || chr(1114109)
         ORDER BY j.reference COLLATE "C" LIMIT 50) s ON true`;
}
