import type { RouteLocationRaw } from 'vue-router'

/** Parts that only a parcel on the table or another page of the shop can change: there is no field to open. */
const FIELD = /^(shipTo|grossGrams|consigneeId)\b|^lines\.\d+\.(parts\.\d+\.)?customs\./

/** The field of an order's panel that mends a finding; null where there is none. */
export function fieldOfFinding(field: string): string | null {
  // What was paid is the shop's; a value of its own stands beside it.
  const known = field.replace(/^(lines\.\d+)\.unitPrice$/, '$1.customs.unitValue')
  return FIELD.test(known) ? known : null
}

/** Another page that mends a finding, for what is said once for the whole desk; null where none does. */
export function pageOfFinding(field: string): RouteLocationRaw | null {
  if (field === 'signer' || field.startsWith('sender'))
    return { name: 'settings', params: { section: 'sender' }, query: { field } }
  if (field === 'category' || field === 'explanation')
    return { name: 'customs', params: { section: 'defaults' }, query: { field: `parcel.${field}` } }
  return null
}

/** Where a fact can be said once for all goods; null for what differs from one to the next. */
export function defaultsOfFinding(field: string): RouteLocationRaw | null {
  const [, fact] = /^customs\.(origin|responsible)$/.exec(field) ?? []
  if (fact === undefined) return null
  return { name: 'customs', params: { section: 'defaults' }, query: { field: `goods.${fact}` } }
}
