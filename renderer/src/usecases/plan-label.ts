import { checkAddress } from '#core/address/check-address.ts'
import type { Address } from '#core/address/address.ts'
import type { Declaration, DeclaredTaxId } from '#core/customs/declaration.ts'
import type { CustomsFinding } from '#core/customs/finding.ts'
import { findRules, idsOfRules, type FoundRules } from '#core/customs/rules/find-rules.ts'
import { needsOf } from '#core/customs/rules/needs-of.ts'
import type { ConsigneeIdNeed } from '#core/customs/rules/rule.ts'
import { chooseTaxIds, schemeOf, withTaxIds } from '#core/customs/tax-ids/choose-tax-ids.ts'
import type { Product } from '#core/catalog/product.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import { lintOrder, type OrderLint } from '#core/order/lint-order.ts'
import type { Order } from '#core/order/order.ts'
import { ruledParcel } from '#core/order/ruled-parcel.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type { DeskSettings } from '#renderer/data/setting-records.ts'

export interface ParcelFacts {
  /** Weight of the packed parcel. */
  grossGrams: number
  sizeMm?: { length: number; width: number; height: number } | null | undefined
}

export interface MakeLabelInput extends ParcelFacts {
  orderId: OrderId
  /** The numbers, and with them the service. */
  poolId: PoolId
}

/** Everything a label is decided from. */
export interface LabelPlanInput {
  order: Order
  products: ReadonlyMap<string, Product>
  desk: DeskSettings
  parcel: ParcelFacts
  rules: RuleTables
  now: number
}

/** Numbers that a destination asks for. */
export interface PartyAsks {
  consigneeId: ConsigneeIdNeed | null
  /** Tax scheme that all goods go under, e.g. IOSS. */
  scheme: string | null
}

const ASKS_NOTHING: PartyAsks = { consigneeId: null, scheme: null }

export interface LabelPlan {
  /** Null where the parcel crosses no customs border. */
  declaration: Declaration | null
  /** Destination rules of the day, to be kept with the shipment; empty where no border is crossed. */
  ruleIds: string[]
  /** What the destination wants to know of who takes part. */
  asks: PartyAsks
  /** What keeps the parcel here; each with the path of the field to open. */
  errors: Issue[]
  /** Everything that was found and counts, errors among it. */
  findings: CustomsFinding[]
  /** What a person lets pass, with that person's word. */
  ignored: OrderLint['ignored']
}

/** Decides whether a label may be made, before a number is spent. Pure. */
export function planLabel({ order, products, desk, parcel, rules, now }: LabelPlanInput): LabelPlan {
  const errors = [
    ...addressIssues(order.shipTo, 'shipTo'),
    ...addressIssues(desk.sender, 'sender'),
    ...parcelIssues(parcel),
  ]
  const day = localDay(now)
  const { declaration, refused, findings, ignored } = lintOrder(order, {
    ...lintFactsOf(desk),
    ...{ products, rules, day, grossGrams: parcel.grossGrams },
  })
  if (declaration === null)
    return {
      ...{ declaration, ruleIds: [], asks: ASKS_NOTHING },
      ...{ errors: [...errors, ...refused], findings, ignored },
    }
  const wrong = findings.filter(
    ({ severity, field, id }) => severity === 'error' && id !== 'address' && !isReported(errors, field),
  )
  const found = rulesOnDay({ order, products, desk, parcel, rules, now }, day)
  return {
    ...{ findings, ignored },
    declaration: found === null ? declaration : withTaxIds(declaration, taxIdsOf(found, order, desk)),
    ruleIds: found === null ? [] : idsOfRules(found),
    asks:
      found === null ? ASKS_NOTHING : { consigneeId: needsOf(found).consigneeId, scheme: schemeOf(found) },
    errors: [...errors, ...wrong.map(({ reason, field }) => issue('invalid-input', { reason, field }))],
  }
}

/** What the desk itself says of every parcel. */
export function lintFactsOf({ sender, signer, customs }: DeskSettings) {
  return { sender, signer, account: customs.defaults ?? null, parcel: customs.parcel }
}

/** Which rules the parcel goes by, as long as they say so. */
function rulesOnDay(
  { order, products, desk, parcel, rules }: LabelPlanInput,
  shipOn: string,
): FoundRules | null {
  const { sender, customs: choices } = desk
  const ruled = ruledParcel(order, products, {
    ...{ sentFrom: sender.country, shipOn, choices, grossGrams: parcel.grossGrams },
  })
  return ruled === null ? null : findRules(rules.destinations, ruled, rules.rates)
}

function taxIdsOf(found: FoundRules, order: Order, { customs }: DeskSettings): DeclaredTaxId[] {
  const { connectionId, shipTo } = order
  const parcel = {
    ...{ destination: shipTo?.country ?? '', connectionId },
    hasMarketplaceId: order.marketplaceTaxId !== undefined,
    hasConsigneeId: order.consigneeId !== undefined,
  }
  return chooseTaxIds(found, parcel, customs.taxIds ?? [])
}

const INCOMPLETE = { shipTo: 'recipient-incomplete', sender: 'sender-incomplete' } as const

function addressIssues(address: Address | null, path: 'shipTo' | 'sender'): Issue[] {
  if (address === null) return [issue('invalid-input', { reason: 'address-missing', field: path })]
  return checkAddress(address)
    .filter(({ severity }) => severity === 'error')
    .map(({ reason, field }) =>
      issue('invalid-input', {
        reason: reason === 'missing' ? INCOMPLETE[path] : `address-${reason}`,
        field: `${path}.${field}`,
      }),
    )
}

function parcelIssues({ grossGrams, sizeMm }: ParcelFacts): Issue[] {
  const sides = sizeMm === undefined || sizeMm === null ? [] : Object.entries(sizeMm)
  return [
    ...(Number.isFinite(grossGrams) && grossGrams > 0
      ? []
      : [issue('invalid-input', { reason: 'weight-unknown', field: 'grossGrams' })]),
    ...sides
      .filter(([, mm]) => !(Number.isFinite(mm) && mm > 0))
      .map(([side]) => issue('invalid-input', { reason: 'size-invalid', field: `sizeMm.${side}` })),
  ]
}

function isReported(errors: readonly Issue[], field: string): boolean {
  return errors.some((error) => error.field === field)
}
