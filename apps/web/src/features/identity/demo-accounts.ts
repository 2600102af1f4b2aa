/** Password of every demo account; demo mode is the only place it works. */
export const demoPassword = "creneau-demo";

/** The accounts offered on the sign-in page in demo mode, one a way of working. */
export const demoAccounts = [
  { email: "admin@immo.demo", role: "agencyOwner" },
  { email: "claire@immo.demo", role: "agencyBroker" },
  { email: "secretariat@dubois.demo", role: "practiceOperator" },
  { email: "dubois@dubois.demo", role: "practiceProvider" },
  { email: "admin@ct.demo", role: "networkAdmin" },
  { email: "centre@ct.demo", role: "networkManager" },
] as const;

/** The public booking pages offered on the landing page in demo mode, one a trade. */
export const demoBookingPages = [
  { username: "claire-martin", name: "Claire Martin", kind: "broker" },
  { username: "dr-dubois", name: "Dr Anne Dubois", kind: "practitioner" },
  { username: "ct-reseau-sud", name: "CT Réseau Sud", kind: "network" },
] as const;
