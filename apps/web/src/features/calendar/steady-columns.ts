import { TimeCols } from "@fullcalendar/timegrid/internal";

/** What a drag means to one column: the places in it where the appointment is drawn, and whom it is about. */
type ColumnDrag = { segs: unknown[]; affectedInstances: Record<string, unknown>; isEvent: boolean } | null;
type SplitDrag = (drag: object | null, columns: number) => ColumnDrag[];
type Columns = {
  splitEventDrag?: SplitDrag;
  splitEventResize?: SplitDrag;
  render(...given: unknown[]): unknown;
};
type ColumnsElement = { type?: { prototype: Columns } };

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

function steady(split: SplitDrag): SplitDrag {
  let last: ColumnDrag[] = [];
  return (drag, columns) => {
    last = split(drag, columns).map((after, column) => {
      const before = last[column];
      return before && isUntouched(before, after) ? before : after;
    });
    return last;
  };
}

const steadied = new WeakSet<object>();

/** Makes the columns of this kind keep what a drag means to them for as long as it means the same. */
function steadyColumns(kind: Columns): void {
  const draw = kind.render;
  kind.render = function render(this: Columns, ...given) {
    if (!steadied.has(this)) {
      steadied.add(this);
      if (this.splitEventDrag) this.splitEventDrag = steady(this.splitEventDrag);
      if (this.splitEventResize) this.splitEventResize = steady(this.splitEventResize);
    }
    return draw.apply(this, given);
  };
}

/**
 * The grid of hours draws every column anew at every step of a drag, because each is told of it in a new object. Told in
 * the same object, a column that the drag does not touch is left alone: two columns are drawn instead of sixty.
 */
export function keepColumnsSteady(): void {
  const grid = TimeCols.prototype as unknown as { render(...given: unknown[]): unknown };
  if (steadied.has(grid)) return;
  steadied.add(grid);
  const draw = grid.render;
  grid.render = function render(this: unknown, ...given) {
    const drawn = draw.apply(this, given) as { props?: { children?: ColumnsElement[] } };
    const kind = drawn.props?.children?.[1]?.type?.prototype;
    if (kind && !steadied.has(kind)) {
      steadied.add(kind);
      steadyColumns(kind);
    }
    return drawn;
  };
}
