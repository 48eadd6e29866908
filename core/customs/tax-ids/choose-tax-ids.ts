import { EU27 } from '#core/customs/customs-territory.ts'
import type { Declaration, DeclaredTaxId, TaxIdKind } from '#core/customs/declaration.ts'
import type { FoundRules } from '#core/customs/rules/find-rules.ts'
import type { SellerId, SellerIdKind } from '#core/customs/tax-ids/seller-id.ts'

/** Which kind of number a scheme of the rules is used with. */
const OF_SCHEME: Readonly<Record<string, SellerIdKind>> = {
  IOSS: 'ioss',
  'UK VAT': 'vat',
  ARN: 'arn',
  'NZ GST': 'gst',
  VOEC: 'voec',
  'CH-VAT': 'uid',
  OVR: 'ovr',
  LVG: 'lrn',
}

/** The same of the recipients' numbers, by the type that rules give them. */
const OF_CONSIGNEE: Readonly<Record<string, TaxIdKind>> = {
  'kr-pccc': 'pccc',
  'br-cpf-cnpj': 'cpf-cnpj',
  'mx-rfc-curp': 'rfc-curp',
}

export interface IdParcel {
  destination: string
  connectionId: string
  /** The marketplace gave a number for this very order: it goes, and none of the seller's. */
  hasMarketplaceId: boolean
  hasConsigneeId: boolean
}

/**
 * The numbers that go with a parcel: that of the scheme which all its goods go under, the EORI of where it is cleared, and the recipient's. A number for
 * the order's shop goes before one for all shops; a scheme's number is never used beyond the rule that allows it.
 */
export function chooseTaxIds(
  found: FoundRules,
  parcel: IdParcel,
  known: readonly SellerId[],
): DeclaredTaxId[] {
  const { destination } = parcel
  const office = EU27.includes(destination) ? 'EU' : destination
  const scheme = schemeOf(found)
  const kind = scheme === null ? undefined : OF_SCHEME[scheme]
  const holds = ({ country }: SellerId): boolean =>
    country === office || (office === 'EU' && EU27.includes(country))
  const pick = (wanted: SellerIdKind): DeclaredTaxId[] => {
    const fitting = known.filter((each) => each.kind === wanted && holds(each))
    const chosen =
      fitting.find(({ connectionId }) => connectionId === parcel.connectionId) ??
      fitting.find(({ connectionId }) => connectionId === null)
    if (chosen === undefined) return []
    const { id, country, printed } = chosen
    return [{ party: 'sender', kind: wanted, country, id, ...(printed ? { printed } : {}) }]
  }
  return [
    ...(parcel.hasMarketplaceId
      ? [{ party: 'sender' as const, kind: kind ?? 'ioss', country: office }]
      : kind === undefined
        ? []
        : pick(kind)),
    ...pick('eori'),
    ...(parcel.hasConsigneeId
      ? [{ party: 'recipient' as const, kind: consigneeKind(found), country: destination }]
      : []),
  ]
}

/** The scheme that the rules of all goods name; null when one of them names another or none, or is not decided. */
export function schemeOf({ clearance }: FoundRules): string | null {
  const names = new Set(
    clearance.map((each) => (each.kind === 'rule' ? (each.rule.scheme?.name ?? null) : null)),
  )
  const [name = null] = names
  return names.size === 1 ? name : null
}

function consigneeKind({ clearance, papers }: FoundRules): TaxIdKind {
  const rules = [...clearance.flatMap((each) => (each.kind === 'rule' ? [each.rule] : [])), ...papers]
  const type = rules.find(({ consigneeId }) => consigneeId !== null)?.consigneeId?.type ?? ''
  return OF_CONSIGNEE[type] ?? 'national-id'
}

/** Where a number is to stand on a paper: main, which alone can read it, puts it there. */
export function placeOfId(id: string): string {
  return `{tax-id:${id}}`
}

/** The declaration with the numbers that go with it; those to be printed keep their place for main to fill in. */
export function withTaxIds(declaration: Declaration, taxIds: DeclaredTaxId[]): Declaration {
  if (taxIds.length === 0) return declaration
  const printed = taxIds.flatMap(({ kind, id, printed: isPrinted }) =>
    isPrinted === true && id !== undefined ? [`${kind.toUpperCase()} ${placeOfId(id)}`] : [],
  )
  const particulars = declaration.particulars ?? {
    ...{
      incoterm: '',
      incotermPlace: '',
      nonDelivery: 'return',
      invoiceNo: '',
      licenceNo: '',
      certificateNo: '',
    },
    ...{ comments: '', exportReference: '', taxIds: [], freight: null, insurance: null },
  }
  return {
    ...declaration,
    particulars: { ...particulars, taxIds },
    senderTaxReference: [declaration.senderTaxReference, ...printed].filter(Boolean).join(' '),
  }
}
