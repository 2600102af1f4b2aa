/** What an edit comes to when somebody else has saved meanwhile. */
export interface MergedEdit<Values> {
  /** The edit's own fields as edited, all others as stored now. */
  values: Values;
  /** Fields that still differ from what is stored. */
  own: (keyof Values)[];
  /** Of these, the ones that the other person has changed too. */
  conflicts: (keyof Values)[];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Puts an edit onto what is stored now, field by field: nothing typed is lost, and nothing that somebody else saved is
 * undone by a field nobody touched here. `base`: what the edit began from.
 */
export function mergeEdit<Values extends object>({
  base,
  mine,
  theirs,
}: {
  base: Values;
  mine: Values;
  theirs: Values;
}): MergedEdit<Values> {
  const names = Object.keys(theirs) as (keyof Values)[];
  const own = names.filter((name) => !isSame(mine[name], base[name]) && !isSame(mine[name], theirs[name]));
  const values = { ...theirs };
  for (const name of own) values[name] = mine[name];
  return { values, own, conflicts: own.filter((name) => !isSame(theirs[name], base[name])) };
}
