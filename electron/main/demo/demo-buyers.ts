import type { Rng } from '#core/shared/ports.ts'

/**
 * Buyers of the demo workspace: made-up names from plant and colour words joined with everyday given names, streets
 * that exist in every town, real cities with postcodes of their form.
 */

interface Country {
  code: string
  weight: number
  given: string[]
  family: string[]
  /** Family name first. */
  familyFirst?: boolean
  places: [city: string, postcode: string, region: string][]
  street: (n: number) => string
  phone: (n: number) => string
}

const digits = (n: number, length: number) => String(n % 10 ** length).padStart(length, '0')

// prettier-ignore
const COUNTRIES: Country[] = [
  { code: 'DE', weight: 10, given: ['Anna', 'Jonas', 'Lena', 'Paul', 'Mira'], family: ['Birke', 'Ahorn', 'Linde', 'Grünwald', 'Weißdorn'], places: [['Berlin', '10115', ''], ['Hamburg', '20095', ''], ['Köln', '50667', '']], street: (n) => `Hauptstraße ${n}`, phone: (n) => `+4930${digits(n * 7919, 7)}` },
  { code: 'FR', weight: 8, given: ['Élise', 'Noé', 'Chloé'], family: ['Deschênes', 'Laforêt', 'Rosier', 'Duchêne'], places: [['Paris', '75003', ''], ['Lyon', '69002', ''], ['Nantes', '44000', '']], street: (n) => `${n} rue de l’Église`, phone: (n) => `+331${digits(n * 6151, 8)}` },
  { code: 'GB', weight: 6, given: ['Alice', 'Owen', 'Freya'], family: ['Hawthorn', 'Ashgrove', 'Rowan'], places: [['London', 'SE1 7PB', ''], ['Leeds', 'LS1 4DY', ''], ['Cardiff', 'CF10 1EP', '']], street: (n) => `${n} Station Road`, phone: (n) => `+4420${digits(n * 7907, 8)}` },
  { code: 'US', weight: 4, given: ['Riley', 'Morgan', 'Avery'], family: ['Willow', 'Redwood', 'Juniper'], places: [['Portland', '97204', 'OR'], ['Austin', '78701', 'TX'], ['Chicago', '60601', 'IL']], street: (n) => `${n} Main Street`, phone: (n) => `+1503555${digits(n, 4)}` },
  { code: 'UA', weight: 5, given: ['Олена', 'Тарас', 'Ірина', 'Богдан'], family: ['Калина', 'Дубовий', 'Явір', 'Вишня'], places: [['Київ', '01001', ''], ['Львів', '79000', ''], ['Одеса', '65000', '']], street: (n) => `вул. Соборна, буд. ${n}`, phone: (n) => `+38044${digits(n * 7919, 7)}` },
  { code: 'PL', weight: 4, given: ['Zofia', 'Łukasz', 'Jagoda', 'Michał'], family: ['Brzoza', 'Jesion', 'Wiśnia', 'Żołądź'], places: [['Warszawa', '00-001', ''], ['Gdańsk', '80-801', ''], ['Łódź', '90-001', '']], street: (n) => `ul. Szkolna ${n}`, phone: (n) => `+4822${digits(n * 6133, 7)}` },
  { code: 'GR', weight: 3, given: ['Ελένη', 'Νίκος', 'Δάφνη', 'Άρης'], family: ['Κυπαρίσσης', 'Ελιάς', 'Πεύκου', 'Μυρσίνη'], places: [['Αθήνα', '105 57', ''], ['Θεσσαλονίκη', '546 24', '']], street: (n) => `Οδός Αγοράς ${n}`, phone: (n) => `+30210${digits(n * 7919, 7)}` },
  { code: 'IT', weight: 4, given: ['Giulia', 'Marco', 'Ginevra'], family: ['Ginestra', 'Quercia', 'Tiglio'], places: [['Milano', '20121', 'MI'], ['Torino', '10121', 'TO'], ['Palermo', '90133', 'PA']], street: (n) => `Via Garibaldi ${n}`, phone: (n) => `+3902${digits(n * 7919, 8)}` },
  { code: 'ES', weight: 4, given: ['Lucía', 'Íñigo', 'Alba'], family: ['Encina Peña', 'Olmo Ibáñez', 'Romero Ñúñez'], places: [['Madrid', '28012', ''], ['Sevilla', '41001', ''], ['Bilbao', '48001', '']], street: (n) => `Calle Mayor ${n}`, phone: (n) => `+3491${digits(n * 7919, 7)}` },
  { code: 'BR', weight: 4, given: ['Beatriz', 'João', 'Larissa'], family: ['Ipê', 'Jacarandá', 'Aroeira'], places: [['São Paulo', '01001-000', 'SP'], ['Belo Horizonte', '30110-000', 'MG'], ['Recife', '50010-000', 'PE']], street: (n) => `Rua das Flores, ${n}`, phone: (n) => `+55119${digits(n * 7919, 8)}` },
  { code: 'JP', weight: 7, given: ['花', '陽太', '結衣', '蓮'], family: ['青木', '杉山', '桜井', '松原'], familyFirst: true, places: [['渋谷区', '150-0001', '東京都'], ['北区', '530-0001', '大阪府'], ['中央区', '060-0001', '北海道']], street: (n) => `本町1丁目${n}番地`, phone: (n) => `+813${digits(n * 7919, 8)}` },
  { code: 'KR', weight: 4, given: ['하늘', '보라', '가온', '나래'], family: ['김', '이', '박', '최'], familyFirst: true, places: [['서울특별시', '04524', ''], ['부산광역시', '48058', '']], street: (n) => `중앙로 ${n}`, phone: (n) => `+8210${digits(n * 7919, 8)}` },
  { code: 'TW', weight: 3, given: ['曉青', '竹君', '松柏'], family: ['林', '葉', '梅'], familyFirst: true, places: [['臺北市', '100', ''], ['高雄市', '800', '']], street: (n) => `中山路${n}號`, phone: (n) => `+8862${digits(n * 7919, 8)}` },
  { code: 'CA', weight: 3, given: ['Maple', 'Émile', 'Tamsin'], family: ['Tamarack', 'Bouleau', 'Cedar'], places: [['Toronto', 'M5H 2N2', 'ON'], ['Montréal', 'H2Y 1C6', 'QC']], street: (n) => `${n} King Street`, phone: (n) => `+1416555${digits(n, 4)}` },
  { code: 'AU', weight: 4, given: ['Matilda', 'Jarrah', 'Isla'], family: ['Wattle', 'Banksia', 'Gumtree'], places: [['Melbourne', '3000', 'VIC'], ['Perth', '6000', 'WA']], street: (n) => `${n} High Street`, phone: (n) => `+613${digits(n * 7919, 8)}` },
  { code: 'SE', weight: 2, given: ['Åsa', 'Björn', 'Saga'], family: ['Rönn', 'Ekström', 'Björklund'], places: [['Stockholm', '111 20', ''], ['Göteborg', '411 03', '']], street: (n) => `Storgatan ${n}`, phone: (n) => `+468${digits(n * 7919, 7)}` },
  { code: 'NO', weight: 2, given: ['Ingrid', 'Øyvind', 'Tuva'], family: ['Furu', 'Selje', 'Bjerke'], places: [['Oslo', '0150', ''], ['Tromsø', '9008', '']], street: (n) => `Storgata ${n}`, phone: (n) => `+4722${digits(n * 7919, 6)}` },
  { code: 'CH', weight: 2, given: ['Urs', 'Seraina', 'Loïc'], family: ['Arve', 'Enzian', 'Buchs'], places: [['Zürich', '8001', ''], ['Genève', '1204', '']], street: (n) => `Bahnhofstrasse ${n}`, phone: (n) => `+4144${digits(n * 7919, 7)}` },
  { code: 'TR', weight: 2, given: ['Çiğdem', 'Ömer', 'Işıl'], family: ['Çınar', 'Söğüt', 'Ardıç'], places: [['İstanbul', '34110', ''], ['İzmir', '35210', '']], street: (n) => `Atatürk Caddesi No: ${n}`, phone: (n) => `+90212${digits(n * 7919, 7)}` },
  { code: 'MX', weight: 3, given: ['Ximena', 'Andrés', 'Itzel'], family: ['Ahuehuete Ruiz', 'Mezquite Peña'], places: [['Ciudad de México', '06000', 'CDMX'], ['Guadalajara', '44100', 'JAL']], street: (n) => `Avenida Juárez ${n}`, phone: (n) => `+5255${digits(n * 7919, 8)}` },
]

export const DEMO_COUNTRIES = COUNTRIES.map((country) => country.code)

export interface DemoBuyer {
  fullName: string
  email: string
  streetLine1: string
  streetLine2: string
  city: string
  province: string
  postalCode: string
  countryCode: string
  phoneNumber: string
}

const TOTAL = COUNTRIES.reduce((sum, country) => sum + country.weight, 0)

function pick<T>(list: readonly T[], rng: Rng): T {
  return list[Math.floor(rng() * list.length)] as T
}

/** The n-th buyer; every country comes up once in the first twenty, then by weight. */
export function makeDemoBuyer(n: number, rng: Rng): DemoBuyer {
  const country = n < COUNTRIES.length ? (COUNTRIES[n] as Country) : weighted(rng)
  const given = pick(country.given, rng)
  const family = pick(country.family, rng)
  const [city, postcode, region] = pick(country.places, rng)
  return {
    fullName: country.familyFirst
      ? `${family}${country.code === 'JP' ? ' ' : ''}${given}`
      : `${given} ${family}`,
    email: `buyer${String(n + 1).padStart(4, '0')}@example.com`,
    streetLine1: country.street(1 + Math.floor(rng() * 88)),
    streetLine2: '',
    city,
    province: region,
    // A few buyers forget the postcode: those orders are blocked until somebody asks them.
    postalCode: n % 41 === 40 ? '' : postcode,
    countryCode: country.code,
    phoneNumber: country.phone(1000 + n),
  }
}

function weighted(rng: Rng): Country {
  let at = rng() * TOTAL
  for (const country of COUNTRIES) {
    at -= country.weight
    if (at < 0) return country
  }
  return COUNTRIES[0] as Country
}
