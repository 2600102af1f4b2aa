import type { UseFormReturn } from "react-hook-form";
import type { Directory } from "../directory/use-directory.ts";
import type { FormValues } from "./form-values.ts";

/** What each part of an appointment's form is given. */
export type AppointmentFieldsProps = {
  form: UseFormReturn<FormValues>;
  directory: Directory;
  /** An existing appointment keeps its service and its site, may change its price, and invites on its own page. */
  isEdit: boolean;
};
