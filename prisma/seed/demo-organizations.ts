import type { LocationKind, Preset, Role, SubjectKind } from "@creneau/db/generated/enums";

/** Password of every demo account, printed at start and on the sign-in page in demo mode. */
export const demoPassword = "creneau-demo";

interface Window {
  isoWeekday: number;
  startMinute: number;
  endMinute: number;
}

interface DemoServiceSpec {
  name: string;
  slug: string;
  description: string;
  durationMinutes: number;
  priceCents: number | null;
  bufferBefore: number;
  bufferAfter: number;
  minNoticeMinutes: number;
  horizonDays: number;
  locationKind: LocationKind;
  requiredSkills: string[];
  needsRoom: boolean;
  needsApproval: boolean;
  overrides: object[];
}

export interface DemoOrganization {
  slug: string;
  name: string;
  preset: Preset;
  slotMinutes: number;
  accent: string;
  phone: string;
  clientCount: number;
  /** Share of the agenda that is taken. */
  fill: number;
  /** `site`: index of the one site the seat covers; absent: all. */
  accounts: { email: string; name: string; role: Role; username?: string; site?: number }[];
  sites: {
    name: string;
    slug: string;
    address: string;
    postalCode: string;
    city: string;
    phone: string;
    latitude: number;
    longitude: number;
    timezone: string;
    overbookingPercent: number;
    rooms: string[];
    hours: Window[];
  }[];
  services: DemoServiceSpec[];
  providers: {
    name: string;
    title: string;
    colour: string;
    site: number;
    skills: string[];
    account?: string;
    hours: Window[];
  }[];
  subjects: (
    random: () => number,
    count: number,
  ) => { kind: SubjectKind; reference: string; label: string; attributes: object }[];
  title: (service: { name: string }, subject: string | null) => string;
}

const at = (hour: number, minute = 0) => hour * 60 + minute;

/** The same windows on several weekdays; [start, end] pairs in minutes. */
function week(days: number[], ...windows: [number, number][]): Window[] {
  return days.flatMap((isoWeekday) =>
    windows.map(([startMinute, endMinute]) => ({ isoWeekday, startMinute, endMinute })),
  );
}

const weekdays = [1, 2, 3, 4, 5];
const officeHours = week(weekdays, [at(9), at(12, 30)], [at(13, 30), at(18)]);

function service(
  spec: Partial<DemoServiceSpec> & Pick<DemoServiceSpec, "name" | "slug" | "durationMinutes">,
): DemoServiceSpec {
  return {
    description: "",
    priceCents: null,
    bufferBefore: 0,
    bufferAfter: 0,
    minNoticeMinutes: 120,
    horizonDays: 60,
    locationKind: "in_person",
    requiredSkills: [],
    needsRoom: false,
    needsApproval: false,
    overrides: [],
    ...spec,
  };
}

const plateLetters = "ABCDEFGHJKLMNPQRSTVWXYZ";

function plate(random: () => number): string {
  const letters = (count: number) =>
    Array.from({ length: count }, () => plateLetters[Math.floor(random() * plateLetters.length)]).join("");
  return `${letters(2)}${String(Math.floor(random() * 900) + 100)}${letters(2)}`;
}

const cars = [
  "Renault Clio",
  "Peugeot 208",
  "Citroën C3",
  "Dacia Sandero",
  "Renault Kangoo",
  "Toyota Yaris",
  "Volkswagen Golf",
];
const streets = [
  "rue de Sèvres",
  "rue du Bac",
  "boulevard Raspail",
  "rue de Vaugirard",
  "rue Mouffetard",
  "quai Voltaire",
];

const immo: DemoOrganization = {
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

const cabinet: DemoOrganization = {
  slug: "cabinet-dubois",
  name: "Cabinet Dubois",
  preset: "medical",
  slotMinutes: 15,
  accent: "#2563eb",
  phone: "+33472000000",
  clientCount: 80,
  fill: 0.62,
  accounts: [
    { email: "secretariat@dubois.demo", name: "Isabelle Perrin", role: "operator" },
    { email: "dubois@dubois.demo", name: "Dr Anne Dubois", role: "provider", username: "dr-dubois" },
    { email: "leroy@dubois.demo", name: "Dr Marc Leroy", role: "provider", username: "dr-leroy" },
  ],
  sites: [
    {
      name: "Cabinet Dubois",
      slug: "lyon-3",
      address: "48 cours Lafayette",
      postalCode: "69003",
      city: "Lyon",
      phone: "+33472000000",
      latitude: 45.7631,
      longitude: 4.8466,
      timezone: "Europe/Paris",
      overbookingPercent: 0,
      rooms: ["Salle 1", "Salle 2"],
      hours: week(weekdays, [at(8), at(19)]).concat(week([6], [at(8), at(13)])),
    },
  ],
  services: [
    service({
      name: "Consultation",
      slug: "consultation",
      durationMinutes: 30,
      priceCents: 3000,
      description: "Consultation au cabinet.",
    }),
    service({
      name: "Suivi",
      slug: "suivi",
      durationMinutes: 15,
      priceCents: 3000,
      description: "Renouvellement ou résultat d’examen.",
    }),
    service({
      name: "Téléconsultation",
      slug: "teleconsultation",
      durationMinutes: 15,
      priceCents: 2500,
      locationKind: "video",
    }),
    service({
      name: "Petite chirurgie",
      slug: "petite-chirurgie",
      durationMinutes: 45,
      bufferAfter: 15,
      priceCents: 6000,
      needsRoom: true,
    }),
  ],
  providers: [
    {
      name: "Dr Anne Dubois",
      title: "Médecin généraliste",
      colour: "#2563eb",
      site: 0,
      skills: [],
      account: "dubois@dubois.demo",
      hours: week([1, 2, 4, 5], [at(8, 30), at(12, 30)], [at(14), at(18, 30)]),
    },
    {
      name: "Dr Marc Leroy",
      title: "Médecin généraliste",
      colour: "#be185d",
      site: 0,
      skills: [],
      account: "leroy@dubois.demo",
      hours: week([1, 2, 3, 5], [at(9), at(13)], [at(14, 30), at(19)]).concat(
        week([6], [at(8, 30), at(12, 30)]),
      ),
    },
  ],
  subjects: () => [],
  title: ({ name }) => name,
};

const inspectorNames =
  "Sofiane Haddad|Julie Carpentier|Marc Fabre|Nadège Colin|Éric Vidal|Samira Cherif|Luc Barbier|Aurélie Renaud|Mehdi Saïdi|Patrick Noël|Laure Giraud|Yann Le Goff|Cédric Marchand|Ana Ribeiro|Franck Olivier|Maude Lacroix|Idriss Traoré|Céline Baron|Joël Masson|Pauline Rey|Denis Aubert|Salomé Picard|Rachid Mansouri|Valérie Brun|Gilles Poirier|Estelle Jacquet|Tony Da Silva|Claire Meunier|Hervé Schmitt|Lætitia Roy".split(
    "|",
  );
const colours = ["#b91c1c", "#c2410c", "#4d7c0f", "#0e7490", "#4338ca", "#a21caf"];
const cities = [
  {
    city: "Marseille",
    slug: "marseille",
    address: "210 boulevard de Plombières",
    postalCode: "13014",
    latitude: 43.3166,
    longitude: 5.3735,
  },
  {
    city: "Toulon",
    slug: "toulon",
    address: "87 avenue de Draguignan",
    postalCode: "83130",
    latitude: 43.1256,
    longitude: 6.0107,
  },
  {
    city: "Nice",
    slug: "nice",
    address: "31 route de Turin",
    postalCode: "06300",
    latitude: 43.7115,
    longitude: 7.2853,
  },
  {
    city: "Montpellier",
    slug: "montpellier",
    address: "15 rue de l’Industrie",
    postalCode: "34070",
    latitude: 43.5897,
    longitude: 3.8572,
  },
  {
    city: "Nîmes",
    slug: "nimes",
    address: "450 route d’Avignon",
    postalCode: "30000",
    latitude: 43.8481,
    longitude: 4.3798,
  },
];

const inspection: DemoOrganization = {
  slug: "ct-reseau-sud",
  name: "CT Réseau Sud",
  preset: "inspection",
  slotMinutes: 15,
  accent: "#b91c1c",
  phone: "+33491000000",
  clientCount: 160,
  fill: 0.6,
  accounts: [
    { email: "admin@ct.demo", name: "Bruno Teissier", role: "admin" },
    { email: "centre@ct.demo", name: "Mireille Costa", role: "manager", site: 0 },
    { email: "appel@ct.demo", name: "Kevin Ferrand", role: "operator" },
  ],
  sites: cities.map(({ city, ...site }, index) => ({
    ...site,
    city,
    name: `Centre ${city}`,
    phone: `+3349100000${index + 1}`,
    timezone: "Europe/Paris",
    overbookingPercent: 10,
    rooms: [],
    hours: week(weekdays, [at(8), at(18, 30)]).concat(week([6], [at(8), at(12, 30)])),
  })),
  services: [
    service({
      name: "Contrôle technique",
      slug: "controle-technique",
      durationMinutes: 45,
      priceCents: 7900,
      requiredSkills: ["VL"],
      description: "Voiture ou utilitaire de moins de 3,5 t.",
      overrides: [
        { when: { fuel: "diesel" }, priceCents: 8400 },
        { when: { type: "utility" }, durationMinutes: 60, priceCents: 8900 },
      ],
    }),
    service({
      name: "Contre-visite",
      slug: "contre-visite",
      durationMinutes: 15,
      priceCents: 1900,
      requiredSkills: ["VL"],
    }),
    service({
      name: "Contrôle moto",
      slug: "controle-moto",
      durationMinutes: 30,
      priceCents: 6500,
      requiredSkills: ["L"],
    }),
    service({
      name: "Contrôle véhicule gaz",
      slug: "controle-gaz",
      durationMinutes: 60,
      priceCents: 9900,
      requiredSkills: ["VL", "Gaz"],
    }),
  ],
  providers: inspectorNames.map((name, index) => ({
    name,
    title: "Contrôleur",
    colour: colours[index % colours.length] ?? "#b91c1c",
    site: Math.floor(index / 6),
    skills: ["VL", ...(index % 3 === 0 ? ["L"] : []), ...(index % 4 === 0 ? ["Gaz"] : [])],
    hours:
      index % 2 === 0
        ? week(weekdays, [at(8), at(12)], [at(13), at(17)])
        : week([2, 3, 4, 5], [at(9, 30), at(13)], [at(14), at(18, 30)]).concat(
            week([6], [at(8), at(12, 30)]),
          ),
  })),
  subjects: (random, count) =>
    Array.from({ length: count }, (_, index) => ({
      kind: "vehicle" as const,
      reference: plate(random),
      label: cars[index % cars.length] ?? "",
      attributes: {
        type: index % 7 === 4 ? "utility" : "car",
        fuel: ["petrol", "diesel", "electric", "petrol", "hybrid"][index % 5] ?? "petrol",
        firstRegistration: `${2008 + (index % 14)}-0${1 + (index % 9)}-15`,
      },
    })),
  title: ({ name }, subject) => (subject ? `${name} – ${subject}` : name),
};

/** In the order they are written and announced. */
export const demoOrganizations: DemoOrganization[] = [immo, cabinet, inspection];
