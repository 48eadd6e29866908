import type { Address } from '#core/address/address.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { makeS10 } from '#core/shipping/s10.ts'

const NOWHERE: Address = {
  name: '',
  company: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postcode: '',
  country: '',
  phone: '',
  email: '',
}

export function address(parts: Partial<Address>): Address {
  return { ...NOWHERE, ...parts }
}

export const SENDER = address({
  name: '深圳市明亮贸易有限公司',
  line1: '深圳市龙华区民治街道C栋1201',
  city: '深圳市',
  region: '广东省',
  postcode: '518109',
  country: 'CN',
  phone: '+86 755 0000 0000',
  latin: {
    name: 'Shenzhen Bright Trading Co., Ltd.',
    line1: 'Rm 1201, Bldg C, Minzhi Street, Longhua Dist.',
    city: 'Shenzhen',
    region: 'Guangdong',
  },
})

const usd = (minor: number) => ({ minor, currency: 'USD' })

export const DECLARATION: Declaration = {
  category: 'sale',
  explanation: '',
  currency: 'USD',
  lines: [
    {
      sku: 'TEE-BLU-M',
      quantity: 2,
      description: 'Cotton T-shirt, knitted, women',
      descriptionLocal: '女式针织棉T恤',
      hs6: '610910',
      origin: 'CN',
      netGrams: 360,
      value: usd(1800),
    },
    {
      sku: 'CBL-1M',
      quantity: 1,
      description: 'USB-C charging cable 1 m',
      descriptionLocal: '充电线',
      hs6: '854442',
      origin: 'CN',
      netGrams: 40,
      value: usd(450),
    },
    {
      sku: 'BAG-PES',
      quantity: 1,
      description: 'Polyester shopping bag',
      descriptionLocal: '涤纶购物袋',
      hs6: '420292',
      origin: 'CN',
      netGrams: 85,
      value: usd(320),
    },
  ],
  grossGrams: 560,
  total: usd(2570),
  signer: 'Wang Xiaoming 王小明',
  signedOn: '2026-11-22',
  senderTaxReference: 'IOSS IM0000000000',
}

/** Invented people in the scripts and address forms of the places we sell to. */
export const RECIPIENTS: Readonly<Record<string, Address>> = {
  UA: address({
    name: 'Олена Ковальчук',
    line1: 'вул. Хрещатик, буд. 22, кв. 15',
    city: 'Київ',
    postcode: '01001',
    country: 'UA',
    phone: '+380 44 123 45 67',
    latin: { name: 'Olena Kovalchuk', city: 'KYIV' },
  }),
  JP: address({
    name: '佐藤 美咲',
    line1: '神南1丁目2-3 サンプルマンション405号室',
    city: '渋谷区',
    region: '東京都',
    postcode: '150-0041',
    country: 'JP',
    phone: '+81 3 0000 0000',
    latin: {
      name: 'Misaki Sato',
      line1: '1-2-3 Jinnan, Sample Mansion 405',
      city: 'Shibuya-ku',
      region: 'Tokyo',
    },
  }),
  KR: address({
    name: '김하늘',
    line1: '테헤란로 123, 4층 401호',
    city: '강남구',
    region: '서울특별시',
    postcode: '06133',
    country: 'KR',
    phone: '+82 2 000 0000',
    latin: { name: 'Kim Haneul', city: 'Gangnam-gu', region: 'Seoul' },
  }),
  DE: address({
    name: 'Jörg Müßigbrodt',
    company: 'Weiß & Söhne Gartenbau GmbH',
    line1: 'Straße des 17. Juni 135',
    line2: 'Hinterhaus, 3. OG',
    city: 'Berlin',
    region: 'Berlin',
    postcode: '10623',
    country: 'DE',
    phone: '+49 30 000000',
  }),
  GB: address({
    name: 'Ffion Llewellyn-Ashworth',
    line1: 'Flat 4b, 221 Upper Brook Street',
    line2: 'Rusholme',
    city: 'Manchester',
    postcode: 'M13 0AA',
    country: 'GB',
    phone: '+44 161 496 0000',
  }),
  US: address({
    name: 'Dolores O’Halloran-Whitfield',
    company: 'Acme Reading Club',
    line1: '1428 Elm Street',
    line2: 'Apt 12C',
    city: 'Springwood',
    region: 'OH',
    postcode: '45503-1234',
    country: 'US',
    phone: '+1 202 555 0143',
  }),
  FR: address({
    name: 'Zoé Lefèvre-Brûlé',
    line1: '12 bis, rue de l’Œuvre-aux-Cœurs',
    city: 'Saint-Étienne',
    postcode: '42000',
    country: 'FR',
    phone: '+33 4 00 00 00 00',
  }),
  PL: address({
    name: 'Łukasz Źdźbłowski',
    line1: 'ul. Świętokrzyska 14/3',
    city: 'Łódź',
    postcode: '90-001',
    country: 'PL',
  }),
  GR: address({
    name: 'Ελένη Παπαδοπούλου',
    line1: 'Οδός Ερμού 45',
    city: 'Αθήνα',
    postcode: '105 63',
    country: 'GR',
    latin: { name: 'Eleni Papadopoulou', city: 'ATHENS' },
  }),
  VN: address({
    name: 'Nguyễn Thị Ánh Tuyết',
    line1: '123/45 Đường Lê Lợi, Phường Bến Nghé',
    city: 'Quận 1',
    region: 'Thành phố Hồ Chí Minh',
    postcode: '700000',
    country: 'VN',
    phone: '+84 28 0000 0000',
  }),
  TW: address({
    name: '陳怡君',
    line1: '信義路五段7號12樓之3',
    city: '信義區',
    region: '台北市',
    postcode: '110',
    country: 'TW',
    latin: { name: 'Chen Yi-chun', city: 'Xinyi Dist.', region: 'Taipei City' },
  }),
  KZ: address({
    name: 'Әлия Нұрланқызы',
    line1: 'Қабанбай батыр көшесі, 17 үй',
    city: 'Алматы',
    postcode: '050000',
    country: 'KZ',
    latin: { name: 'Aliya Nurlankyzy', city: 'ALMATY' },
  }),
  BR: address({
    name: 'João Conceição dos Anjos',
    line1: 'Avenida Paulista, 1578 – apto. 93',
    line2: 'Bela Vista',
    city: 'São Paulo',
    region: 'SP',
    postcode: '01310-200',
    country: 'BR',
    phone: '+55 11 0000-0000',
  }),
  TH: address({
    name: 'สมชาย ใจดี',
    line1: '99/1 ถนนสุขุมวิท',
    city: 'กรุงเทพมหานคร',
    postcode: '10110',
    country: 'TH',
    latin: { name: 'Somchai Jaidee', line1: '99/1 Sukhumvit Road', city: 'Bangkok' },
  }),
}

/** S10 numbers with right check digits, one per recipient. */
export function trackingFor(index: number): string {
  return makeS10('LZ', 47312482 + index * 7919, 'CN')
}

export function labelInput(parts: Partial<LabelInput> = {}): LabelInput {
  return {
    orderNumber: 'SO-2026-100000',
    serviceName: 'REGISTERED PACKET',
    priorityMark: 'PRIORITAIRE / 航空',
    from: SENDER,
    to: address({ ...RECIPIENTS.UA }),
    tracking: trackingFor(0),
    declaration: DECLARATION,
    pickLines: [
      { sku: 'TEE-BLU-M', title: '棉质T恤(蓝色)', quantity: 2, bin: 'A-03-12' },
      { sku: 'CBL-1M', title: '充电线', quantity: 1, bin: 'B-01-04' },
      { sku: 'BAG-PES', title: '购物袋', quantity: 1, bin: 'C-11-02' },
    ],
    grossGrams: 560,
    sizeMm: { length: 350, width: 250, height: 30 },
    draft: false,
    ...parts,
  }
}

/** What is asked of main for such a label. */
export function labelRequest(label: LabelInput): DocumentRequest {
  return { kind: 'label', medium: 'label-100x150', items: [label], language: 'en', copies: 1 }
}
