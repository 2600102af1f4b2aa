import FullCalendar from "@fullcalendar/react";

/** A class that takes a ref is given a new object of the same properties each time it is drawn. */
function isSame(left: object, right: object): boolean {
  const given = Object.entries(left);
  return (
    given.length === Object.keys(right).length &&
    given.every(([name, value]) => (right as Record<string, unknown>)[name] === value)
  );
}

/**
 * FullCalendar, without the work that changes nothing. Its React binding hands all of its options to the grid anew, and
 * measures the grid anew, whenever a card has been drawn: at every line that a dragged appointment crosses.
 */
export class SteadyCalendar extends FullCalendar {
  private isMeasured = false;
  private drawnFor: object = {};

  override componentDidMount(): void {
    this.drawnFor = this.props;
    super.componentDidMount();
  }

  /** New options come with new props; that a card was drawn is no reason to read the old ones again. */
  override componentDidUpdate(): void {
    if (isSame(this.drawnFor, this.props)) return;
    this.drawnFor = this.props;
    this.isMeasured = false;
    super.componentDidUpdate();
  }

  /** What is drawn while an appointment is carried has the size of the one it stands for. */
  override doResize(): void {
    if (this.isMeasured && document.querySelector(".fc-event-mirror")) return;
    this.isMeasured = true;
    super.doResize();
  }
}
