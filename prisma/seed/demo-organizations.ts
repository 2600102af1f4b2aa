import { estateAgency } from "./demo-estate-agency.ts";
import { inspectionNetwork } from "./demo-inspection-network.ts";
import { medicalPractice } from "./demo-medical-practice.ts";
import type { DemoOrganization } from "./demo-organization.ts";

/** Password of every demo account, printed at start and on the sign-in page in demo mode. */
export const demoPassword = "creneau-demo";

export const demoOrganizations: DemoOrganization[] = [estateAgency, medicalPractice, inspectionNetwork];
