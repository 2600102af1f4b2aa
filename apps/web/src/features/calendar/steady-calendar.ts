import type { Calendar } from "@fullcalendar/core";
import FullCalendar from "@fullcalendar/react";
import { isDrawnAsKnown } from "./drawn-as-known.ts";

/** A class that takes a ref is given a new object of the same properties each time it is drawn. */
function isSame(left: object, right: object): boolean {
  const given = Object.entries(left);
  return (
    given.length === Object.keys(right).length &&
    given.every(([name, value]) => (right as Record<string, unknown>)[name] === value)
  );
}

/**
 * FullCalendar, without the work that changes nothing, and without changes while something of it is in somebody's hand.
 * Its React binding hands all of its options to the grid anew, and measures the grid anew, whenever a card has been drawn:
 * at every line that a dragged appointment crosses. And whoever hands the grid new options while the pointer rests makes
 * it take the release for a drop somewhere else, of which it tells nobody.
 */
export class SteadyCalendar extends FullCalendar {
  private isMeasured = false;
  private isHeld = false;
  private drawnFor: object = {};

  override componentDidMount(): void {
    this.drawnFor = this.props;
    super.componentDidMount();
  }

  /** New options come with new props; that a card was drawn is no reason to read the old ones again. */
  override componentDidUpdate(): void {
    if (this.isHeld || isSame(this.drawnFor, this.props)) return;
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

  /** From here on the grid stays as it is, whatever is known meanwhile. */
  hold(): void {
    this.isHeld = true;
  }

  /** The grid gets what has become known, and what the gesture has left in it that nobody knows of goes away. */
  release(): void {
    this.isHeld = false;
    this.componentDidUpdate();
    this.drawAsKnown();
  }

  /** Steps of another length, at once, while something is carried. */
  setSnap(minutes: number): void {
    this.grid().resetOptions({ snapDuration: { minutes } }, ["snapDuration"]);
  }

  /** Draws everything anew where a card stands elsewhere than it is known to, is missing, or is one too many. */
  drawAsKnown(): void {
    const { events } = this.props;
    if (this.isHeld || !Array.isArray(events)) return;
    const api = this.grid();
    if (isDrawnAsKnown(api.getEvents(), events)) return;
    // Of equal events the grid believes that it has them.
    api.resetOptions({ events: events.map((each) => ({ ...each })) }, ["events"]);
  }

  /** Its interface for pages leaves out that some options can be handed over alone. */
  private grid(): Calendar {
    return this.getApi() as Calendar;
  }
}
