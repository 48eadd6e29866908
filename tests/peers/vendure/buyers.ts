/** An invented buyer; streets and cities exist as kinds, the people and house numbers do not. */
export type Buyer = {
  firstName: string
  lastName: string
  emailAddress: string
  phoneNumber: string
  address: {
    fullName: string
    streetLine1: string
    streetLine2?: string
    city: string
    province?: string
    postalCode: string
    countryCode: string
  }
}

type BuyerRow = [
  country: string,
  firstName: string,
  lastName: string,
  /** As the buyer wrote it: family name first in Japan, Korea and China. */
  fullName: string,
  streetLine1: string,
  streetLine2: string | null,
  city: string,
  province: string | null,
  postalCode: string,
  phoneNumber: string,
]

// prettier-ignore
const rows: BuyerRow[] = [
  ['DE', 'Jörg', 'Musterhäuser', 'Jörg Musterhäuser', 'Schloßgäßchen 12', '3. OG links', 'München', 'Bayern', '80331', '+49 89 000012'],
  ['UA', 'Олена', 'Зразкова', 'Олена Зразкова', 'вул. Прикладна, буд. 5, кв. 17', null, 'Київ', null, '01001', '+380 44 000 00 17'],
  ['JP', '花子', '見本', '見本 花子', '霞が関一丁目2番3号', '見本マンション405号室', '千代田区', '東京都', '100-0013', '+81 3-0000-0405'],
  ['BR', 'João', 'Exemplo da Conceição', 'João Exemplo da Conceição', 'Rua das Acácias, 100', 'Apto. 21, Consolação', 'São Paulo', 'SP', '01310-100', '+55 11 90000-0021'],
  ['GR', 'Ελένη', 'Παραδειγματίδου', 'Ελένη Παραδειγματίδου', 'Οδός Παραδείγματος 24', null, 'Αθήνα', null, '105 57', '+30 210 000 0024'],
  ['KR', '보기', '김', '김보기', '세종대로 209', '예시아파트 101동 1203호', '서울특별시 종로구', null, '03172', '+82 2-0000-1203'],
  ['CN', '样例', '李', '李样例', '示例路88号6幢302室', null, '上海市浦东新区', '上海市', '200120', '+86 21 0000 0302'],
  ['US', 'Alex', 'Sample', 'Alex Sample', '100 Example Ave Apt 4B', null, 'Portland', 'OR', '97201', '+1 503 555 0104'],
  ['FR', 'Anaïs', "L'Exemple", "Anaïs L'Exemple", '8 rue de l’Échantillon', 'Bâtiment C', 'Besançon', null, '25000', '+33 3 00 00 00 08'],
  ['AU', 'Robin', 'Placeholder', 'Robin Placeholder', 'Unit 7, 21 Sample Street', null, 'Fremantle', 'WA', '6160', '+61 8 0000 0007'],
  ['GB', 'Jamie', 'Specimen', 'Jamie Specimen', 'Flat 2, 14 Example Mews', null, 'London', null, 'EC1A 1BB', '+44 20 0000 0014'],
]

export const buyerCountries = rows.map(([country]) => country)

/** The n-th buyer (from 0). Countries come in turn, so that the first eleven orders go to eleven countries. */
export function pickBuyer(n: number, countries: string[] = buyerCountries): Buyer {
  const wanted = countries[n % countries.length]
  const row = rows.find(([country]) => country === wanted)
  if (!row) throw new Error(`No buyer is invented for ${wanted}; there are ${buyerCountries.join(' ')}`)
  const [
    countryCode,
    firstName,
    lastName,
    fullName,
    streetLine1,
    streetLine2,
    city,
    province,
    postalCode,
    phoneNumber,
  ] = row
  return {
    firstName,
    lastName,
    emailAddress: `buyer.${countryCode.toLowerCase()}.${n + 1}@example.com`,
    phoneNumber,
    address: {
      fullName,
      streetLine1,
      ...(streetLine2 === null ? {} : { streetLine2 }),
      city,
      ...(province === null ? {} : { province }),
      postalCode,
      countryCode,
    },
  }
}
