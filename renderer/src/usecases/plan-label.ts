import { checkAddress } from '#core/address/check-address.ts'
import type { Address } from '#core/address/address.ts'
import { listDeclared } from '#core/customs/build-declaration.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { CustomsFinding } from '#core/customs/finding.ts'
import { withoutIgnored } from '#core/customs/ignored-finding.ts'
import { lintDeclaration } from '#core/customs/lint-declaration.ts'
import { findRules, idsOfRules } from '#core/customs/rules/find-rules.ts'
import type { Product } from '#core/catalog/product.ts'
import { needsDeclaration, type RuleTables } from '#core/order/check-order.ts'
import { declareOrder } from '#core/order/declare-order.ts'
import type { Order } from '#core/order/order.ts'
import { ruledParcel } from '#core/order/ruled-parcel.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type { DeskSettings } from '#renderer/data/records.ts'

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

export interface LabelPlan {
  /** Null where the parcel crosses no customs border. */
  declaration: Declaration | null
  /** Destination rules of the day, to be kept with the shipment; empty where no border is crossed. */
  ruleIds: string[]
  /** What keeps the parcel here; each with the path of the field to open. */
  errors: Issue[]
  /** What is shown and may be ignored. */
  warnings: CustomsFinding[]
}

/** Decides whether a label may be made, before a number is spent. Pure. */
export function planLabel({ order, products, desk, parcel, rules, now }: LabelPlanInput): LabelPlan {
  const errors = [
    ...addressIssues(order.shipTo, 'shipTo'),
    ...addressIssues(desk.sender, 'sender'),
    ...parcelIssues(parcel),
  ]
  const destination = order.shipTo?.country ?? ''
  if (!needsDeclaration(desk.sender.country, destination)) {
    return { declaration: null, ruleIds: [], errors, warnings: [] }
  }
  const day = localDay(now)
  const { items, built } = declareOrder(order, {
    ...{ products, day, account: desk.customs.defaults ?? null, rates: rules.rates },
    ...{ grossGrams: parcel.grossGrams, signer: desk.signer },
  })
  if (!built.ok) return { declaration: null, ruleIds: [], errors: [...errors, ...built.error], warnings: [] }
  const all = lintDeclaration(built.value, {
    ...rules,
    destination,
    sentFrom: desk.sender.country,
    shipOn: day,
    lineIndexes: listDeclared(items),
  })
  const findings = withoutIgnored(all, order.ignored ?? [], order.lines)
  const wrong = findings.filter(({ severity, field }) => severity === 'error' && !isReported(errors, field))
  return {
    declaration: built.value,
    ruleIds: rulesOnDay({ order, products, desk, parcel, rules, now }, day),
    errors: [...errors, ...wrong.map(({ reason, field }) => issue('invalid-input', { reason, field }))],
    warnings: findings.filter(({ severity }) => severity === 'warning'),
  }
}

/** Which rules the parcel goes by, as long as they say so. */
function rulesOnDay({ order, products, desk, parcel, rules }: LabelPlanInput, shipOn: string): string[] {
  const { sender, customs: choices } = desk
  const ruled = ruledParcel(order, products, {
    ...{ sentFrom: sender.country, shipOn, choices, grossGrams: parcel.grossGrams },
  })
  return ruled === null ? [] : idsOfRules(findRules(rules.destinations, ruled, rules.rates))
}

function addressIssues(address: Address | null, path: 'shipTo' | 'sender'): Issue[] {
  if (address === null) return [issue('invalid-input', { reason: 'address-missing', field: path })]
  return checkAddress(address)
    .filter(({ severity }) => severity === 'error')
    .map(({ reason, field }) =>
      issue('invalid-input', { reason: `address-${reason}`, field: `${path}.${field}` }),
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
