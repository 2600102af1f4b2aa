/** People as they are typed in one line: "Léa Roux <lea@exemple.fr>, max@exemple.fr, Zoé". */
export function attendeesIn(text: string): { name: string; email?: string }[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, name = "", inBrackets] = /^([^<]*)<([^>]+)>$/.exec(part) ?? [];
      const email = inBrackets?.trim() ?? (/^\S+@\S+$/.test(part) ? part : undefined);
      return { name: name.trim() || email || part, ...(email ? { email } : {}) };
    });
}
