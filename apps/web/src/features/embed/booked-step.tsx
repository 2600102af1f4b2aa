"use client";

import { useEffect } from "react";
import { tellHost } from "../booking/embed-events.ts";

/** Says that the confirmation is on screen. */
export function BookedStep() {
  useEffect(() => tellHost({ type: "creneau:step", step: "confirmation" }), []);
  return null;
}
