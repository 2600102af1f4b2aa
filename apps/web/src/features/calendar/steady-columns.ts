import { TimeCols } from "@fullcalendar/timegrid/internal";

/** What a drag means to one column: the places in it where the appointment is drawn, and whom it is about. */
type ColumnDrag = { segs: unknown[]; affectedInstances: Record<string, unknown>; isEvent: boolean } | null;
type SplitDrag = (drag: object | null, columns: number) => ColumnDrag[];
/** Where the line of the present moment stands in a column; none on any day but today. */
type NowLine = { start: Date };
type SplitNow = (lines: NowLine[], columns: number) => NowLine[][];
type Drawn = { type?: unknown; props?: { children?: unknown } };
type Kind = { prototype: { render(...given: unknown[]): unknown } };
type Columns = Kind["prototype"] & {
  splitEventDrag?: SplitDrag;
  splitEventResize?: SplitDrag;
  splitNowIndicatorSegs?: SplitNow;
};
type Column = Kind["prototype"] & {
  props: Record<string, unknown>;
  context: { options: { eventMaxStack?: unknown } };
  renderFgSegs(cards: Card[], leftOut: Record<string, unknown>, ...about: unknown[]): unknown;
};
type Card = { eventRange: { instance: { instanceId: string } | null } };
/** What the cards of a column have been drawn from, and what came of it. */
type DrawnCards = Pick<Column, "props" | "context"> & { cards: Card[]; leftOut: string; drawn: unknown };

/** Whether a column shows nothing of the drag before and after, and leaves the same appointments out. */
function isUntouched(before: ColumnDrag | undefined, after: ColumnDrag): boolean {
  if (!before || !after || before.segs.length > 0 || after.segs.length > 0) return false;
  const left = Object.keys(before.affectedInstances);
  return (
    before.isEvent === after.isEvent &&
    left.length === Object.keys(after.affectedInstances).length &&
    left.every((id) => id in after.affectedInstances)
  );
}

function isSameNow(before: NowLine[] | undefined, after: NowLine[]): boolean {
  return (
    before?.length === after.length &&
    after.every(({ start }, at) => start.getTime() === before[at]?.start.getTime())
  );
}

/** Splits by column as before, and tells a column in the object of the last time what means the same to it. */
function steady<Given, Told>(
  split: (given: Given, columns: number) => Told[],
  isSame: (before: Told | undefined, after: Told) => boolean,
): typeof split {
  let last: Told[] = [];
  return (given, columns) => {
    last = split(given, columns).map((after, column) => {
      const before = last[column];
      return before !== undefined && isSame(before, after) ? before : after;
    });
    return last;
  };
}

/** What a column is told about gestures; it changes with every step, and the cards that stand still do not show it. */
const gestures = new Set(["eventDrag", "eventResize", "dateSelectionSegs"]);

function isSameBut(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => gestures.has(name) || left[name] === right[name]);
}

const drawnCards = new WeakMap<object, DrawnCards>();

/** Makes a column that the drag is over keep its cards as they are: only what is carried is drawn. */
function steadyCards(kind: Column): void {
  const draw = kind.renderFgSegs;
  kind.renderFgSegs = function renderFgSegs(this: Column, cards, leftOut, ...about) {
    const { props, context } = this;
    // What is carried, marked or printed; and a column that hides cards behind a link draws the drag into their list.
    if (about.some(Boolean) || props.forPrint || typeof context.options.eventMaxStack === "number")
      return draw.call(this, cards, leftOut, ...about);
    const ids = cards.flatMap(({ eventRange: { instance } }) => instance?.instanceId ?? []);
    const now = { cards, props, context, leftOut: ids.filter((id) => id in leftOut).join(" ") };
    const last = drawnCards.get(this);
    const isSame = last?.cards === cards && last.context === context && last.leftOut === now.leftOut;
    if (isSame && isSameBut(last.props, props)) return last.drawn;
    const drawn = draw.call(this, cards, leftOut, ...about);
    drawnCards.set(this, { ...now, drawn });
    return drawn;
  };
}

/** Kinds and columns that have been made steady. */
const steadied = new WeakSet<object>();

/** Everything that is drawn below an element. */
function* below(drawn: unknown): Generator<Drawn> {
  if (Array.isArray(drawn)) for (const each of drawn) yield* below(each);
  else if (typeof drawn === "object" && drawn !== null && "props" in drawn) {
    const element = drawn as Drawn;
    yield element;
    yield* below(element.props?.children);
  }
}

/** Does something once to the kind of part, drawn by a kind, that has a method or is told something of this name. */
function onceFor(kind: Kind["prototype"], name: string, change: (part: Kind["prototype"]) => void): void {
  const draw = kind.render;
  kind.render = function render(this: unknown, ...given) {
    const drawn = draw.apply(this, given);
    if (steadied.has(kind)) return drawn;
    for (const { type, props } of below(drawn)) {
      if (typeof type !== "function" || !props || !(name in props)) continue;
      steadied.add(kind);
      change(type.prototype);
      break;
    }
    return drawn;
  };
}

/** Makes the columns of this kind keep what a drag means to them for as long as it means the same. */
function steadyColumns(kind: Columns): void {
  const draw = kind.render;
  kind.render = function render(this: Columns, ...given) {
    if (!steadied.has(this)) {
      steadied.add(this);
      if (this.splitEventDrag) this.splitEventDrag = steady(this.splitEventDrag, isUntouched);
      if (this.splitEventResize) this.splitEventResize = steady(this.splitEventResize, isUntouched);
      if (this.splitNowIndicatorSegs)
        this.splitNowIndicatorSegs = steady(this.splitNowIndicatorSegs, isSameNow);
    }
    return draw.apply(this, given);
  };
  onceFor(kind, "fgEventSegs", (column) => {
    if ("renderFgSegs" in column) steadyCards(column as Column);
  });
}

let isSteady = false;

/**
 * The grid of hours draws every column anew at every step of a drag, because each is told of it in a new object. Told in
 * the same object, a column that the drag does not touch is left alone, and one that it touches keeps its cards.
 */
export function keepColumnsSteady(): void {
  if (isSteady) return;
  isSteady = true;
  onceFor(TimeCols.prototype as unknown as Kind["prototype"], "eventDrag", steadyColumns);
}
