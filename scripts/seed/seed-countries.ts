/** Where seeded buyers live. Names are made of syllables, streets exist in every town: nobody is meant. */
export interface SeedCountry {
  code: string
  weight: number
  /** Syllables that given and family names are put together from. */
  given: string[]
  family: string[]
  familyFirst?: boolean
  /** How a name goes on from one syllable to the next. */
  cased: boolean
  places: [city: string, postcode: string, region: string][]
  street: (n: number) => string
  phone: (n: number) => string
}

const digits = (n: number, length: number) => String(n % 10 ** length).padStart(length, '0')
const words = (text: string) => text.split(' ')

// prettier-ignore
export const SEED_COUNTRIES: SeedCountry[] = [
  { code: 'DE', weight: 14, cased: true, given: words('an jo le mi na ri to wil ge der hei'), family: words('berg bir bach dorf grü holz lin mül ner schö stein weiß'), places: [['Berlin', '10115', ''], ['Köln', '50667', ''], ['München', '80331', '']], street: (n) => `Hauptstraße ${n}`, phone: (n) => `+4930${digits(n * 7919, 7)}` },
  { code: 'FR', weight: 11, cased: true, given: words('é lo chan no ma dé li ré'), family: words('beau mont fleu ré du chê ne roc'), places: [['Paris', '75003', ''], ['Lyon', '69002', ''], ['Nantes', '44000', '']], street: (n) => `${n} rue de l’Église`, phone: (n) => `+331${digits(n * 6151, 8)}` },
  { code: 'US', weight: 12, cased: true, given: words('ri ley mor da ken sa van ter'), family: words('wood field ash brook stone red hill lake'), places: [['Portland', '97204', 'OR'], ['Austin', '78701', 'TX'], ['Chicago', '60601', 'IL']], street: (n) => `${n} Main Street`, phone: (n) => `+1503555${digits(n, 4)}` },
  { code: 'GB', weight: 9, cased: true, given: words('al fre o wen da ro is la'), family: words('haw thorn grove ton ash by ford well'), places: [['London', 'SE1 7PB', ''], ['Leeds', 'LS1 4DY', ''], ['Cardiff', 'CF10 1EP', '']], street: (n) => `${n} Station Road`, phone: (n) => `+4420${digits(n * 7907, 8)}` },
  { code: 'JP', weight: 9, cased: false, familyFirst: true, given: words('花 陽 結 衣 蓮 美 子 太'), family: words('青 木 杉 山 桜 井 松 原'), places: [['渋谷区', '150-0001', '東京都'], ['北区', '530-0001', '大阪府']], street: (n) => `本町1丁目${n}番地`, phone: (n) => `+813${digits(n * 7919, 8)}` },
  { code: 'KR', weight: 5, cased: false, familyFirst: true, given: words('하 늘 보 라 가 온 나 래'), family: words('김 이 박 최 정 강'), places: [['서울특별시', '04524', ''], ['부산광역시', '48058', '']], street: (n) => `중앙로 ${n}`, phone: (n) => `+8210${digits(n * 7919, 8)}` },
  { code: 'TW', weight: 4, cased: false, familyFirst: true, given: words('曉 青 竹 君 松 柏 雲'), family: words('林 葉 梅 石 江'), places: [['臺北市', '100', ''], ['高雄市', '800', '']], street: (n) => `中山路${n}號`, phone: (n) => `+8862${digits(n * 7919, 8)}` },
  { code: 'UA', weight: 5, cased: true, given: words('оле на та рас бог дан і ри'), family: words('ка ли дуб я вір виш ня ко'), places: [['Київ', '01001', ''], ['Львів', '79000', '']], street: (n) => `вул. Соборна, буд. ${n}`, phone: (n) => `+38044${digits(n * 7919, 7)}` },
  { code: 'GR', weight: 4, cased: true, given: words('ε λέ νη νί κο δά φνη ά'), family: words('κυ πα ρί ση ε λιά πεύ κου'), places: [['Αθήνα', '105 57', ''], ['Θεσσαλονίκη', '546 24', '']], street: (n) => `Οδός Αγοράς ${n}`, phone: (n) => `+30210${digits(n * 7919, 7)}` },
  { code: 'PL', weight: 6, cased: true, given: words('zo fia łu kasz ja go mi ra'), family: words('brzo za je sion wiś nia żo łądź'), places: [['Warszawa', '00-001', ''], ['Łódź', '90-001', '']], street: (n) => `ul. Szkolna ${n}`, phone: (n) => `+4822${digits(n * 6133, 7)}` },
  { code: 'KW', weight: 3, cased: false, given: words('نو را سا لم يا سم لي نا'), family: words('ال نخ يل زه ور بح ري'), places: [['الكويت', '13001', '']], street: (n) => `شارع الخليج ${n}`, phone: (n) => `+9652${digits(n * 7919, 7)}` },
  { code: 'IL', weight: 2, cased: false, given: words('נו עה אר יאל שי רן'), family: words('אל ון זי ית תמ רי'), places: [['חיפה', '3100001', '']], street: (n) => `רחוב הנמל ${n}`, phone: (n) => `+9724${digits(n * 7919, 7)}` },
  { code: 'TH', weight: 3, cased: false, given: words('ดา ริน มา ลี สิ นา'), family: words('ทอง ไม้ งาม ใบ วัน ดี'), places: [['กรุงเทพมหานคร', '10110', '']], street: (n) => `ถนนสุขุมวิท ${n}`, phone: (n) => `+662${digits(n * 7919, 7)}` },
  { code: 'IN', weight: 3, cased: false, given: words('मी रा अ नु की र्ति'), family: words('आ म्र नी म वट क मल'), places: [['मुंबई', '400001', 'MH']], street: (n) => `स्टेशन रोड ${n}`, phone: (n) => `+9122${digits(n * 7919, 8)}` },
  { code: 'BR', weight: 4, cased: true, given: words('be a triz jo ão la ris sa'), family: words('ipê ja ca ran dá a ro ei ra'), places: [['São Paulo', '01001-000', 'SP'], ['Recife', '50010-000', 'PE']], street: (n) => `Rua das Flores, ${n}`, phone: (n) => `+55119${digits(n * 7919, 8)}` },
  { code: 'SE', weight: 3, cased: true, given: words('å sa björ na sa ga li'), family: words('rönn ek ström lund gren'), places: [['Stockholm', '111 20', ''], ['Göteborg', '411 03', '']], street: (n) => `Storgatan ${n}`, phone: (n) => `+468${digits(n * 7919, 7)}` },
  { code: 'CH', weight: 3, cased: true, given: words('ur si se rai na lo'), family: words('ar ven zian buchs en'), places: [['Zürich', '8001', ''], ['Genève', '1204', '']], street: (n) => `Bahnhofstrasse ${n}`, phone: (n) => `+4144${digits(n * 7919, 7)}` },
]
