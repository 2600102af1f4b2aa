import { at, type DemoOrganization, service, week, weekdays } from "./demo-organization.ts";

const officeHours = week(weekdays, [at(9), at(12, 30)], [at(13, 30), at(18)]);
const streets = [
  "rue de Sèvres",
  "rue du Bac",
  "boulevard Raspail",
  "rue de Vaugirard",
  "rue Mouffetard",
  "quai Voltaire",
];

export const estateAgency: DemoOrganization = {
  slug: "immo-rive-gauche",
  name: "Immo Rive Gauche",
  preset: "real_estate",
  slotMinutes: 15,
  accent: "#0f766e",
  phone: "+33145480000",
  clientCount: 48,
  fill: 0.55,
  accounts: [
    { email: "admin@immo.demo", name: "Hélène Garnier", role: "owner" },
    { email: "claire@immo.demo", name: "Claire Martin", role: "provider", username: "claire-martin" },
    { email: "karim@immo.demo", name: "Karim Benali", role: "provider", username: "karim-benali" },
  ],
  sites: [
    {
      name: "Agence Rive Gauche",
      slug: "rive-gauche",
      address: "12 rue du Bac",
      postalCode: "75007",
      city: "Paris",
      phone: "+33145480000",
      latitude: 48.8583,
      longitude: 2.3265,
      timezone: "Europe/Paris",
      overbookingPercent: 0,
      rooms: [],
      hours: week([1, 2, 3, 4, 5, 6], [at(9), at(19)]),
    },
  ],
  services: [
    service({
      name: "Visite d’un bien",
      slug: "visite",
      durationMinutes: 45,
      bufferAfter: 15,
      description: "Visite sur place avec votre courtier.",
    }),
    service({
      name: "Estimation",
      slug: "estimation",
      durationMinutes: 60,
      bufferAfter: 15,
      description: "Estimation de votre bien, sans engagement.",
    }),
    service({
      name: "Point vidéo",
      slug: "point-video",
      durationMinutes: 30,
      locationKind: "video",
      description: "Un point sur votre projet, en visioconférence.",
    }),
    service({
      name: "Signature du mandat",
      slug: "signature",
      durationMinutes: 60,
      needsApproval: true,
      description: "À l’agence, avec une pièce d’identité.",
    }),
  ],
  providers: [
    {
      name: "Claire Martin",
      title: "Courtière",
      colour: "#0f766e",
      site: 0,
      skills: [],
      account: "claire@immo.demo",
      hours: officeHours,
    },
    {
      name: "Karim Benali",
      title: "Courtier",
      colour: "#b45309",
      site: 0,
      skills: [],
      account: "karim@immo.demo",
      hours: week([2, 3, 4, 5, 6], [at(10), at(13)], [at(14), at(19)]),
    },
  ],
  subjects: (random, count) =>
    Array.from({ length: Math.ceil(count / 2) }, (_, index) => ({
      kind: "transaction" as const,
      reference: `TR-${2600 + index}`,
      label: `${1 + Math.floor(random() * 90)} ${streets[index % streets.length]}`,
      attributes: {
        rooms: 1 + Math.floor(random() * 5),
        price: 180_000 + Math.floor(random() * 90) * 10_000,
      },
    })),
  title: ({ name }, subject) => (subject ? `${name} – ${subject}` : name),
};
