import { at, type DemoOrganization, service, week, weekdays } from "./demo-organization.ts";

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

export const inspectionNetwork: DemoOrganization = {
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
