import resourceTimeGridPlugin from "@fullcalendar/resource-timegrid";
import scrollGridPlugin from "@fullcalendar/scrollgrid";

/** Columns of providers and rooms, which may be more than a screen is wide. */
export const columnPlugins = [resourceTimeGridPlugin, scrollGridPlugin];
