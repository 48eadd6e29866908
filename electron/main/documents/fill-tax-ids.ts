import type { LabelInput } from '#core/documents/label-model.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { TaxIdStore } from '#main/secrets/tax-id-store.ts'

const PLACE = /\{tax-id:([0-9a-z_-]{1,64})\}/g

/** Where a number may stand; nowhere else is one put, whatever a buyer called themselves. */
const FIELDS = new Set(['senderTaxReference', 'vat', 'eori', 'taxId'])

/**
 * Papers with the seller's tax ids in their places. The vault is looked into only when a paper has such a place. Issues: the vault's, and
 * `not-found.tax-id-gone` when a number is not in it.
 */
export async function fillTaxIds<T extends LabelInput | DocumentRequest>(
  papers: T,
  store: Pick<TaxIdStore, 'read'>,
): Promise<Result<T>> {
  const places = new Set<string>()
  walk(papers, (text) => {
    for (const [, id = ''] of text.matchAll(PLACE)) places.add(id)
    return text
  })
  if (places.size === 0) return ok(papers)
  const numbers = await store.read()
  if (!numbers.ok) return numbers
  if ([...places].some((id) => !numbers.value.has(id)))
    return err(issue('not-found', { reason: 'tax-id-gone' }))
  return ok(walk(papers, (text) => text.replace(PLACE, (_, id: string) => numbers.value.get(id) ?? '')) as T)
}

/** A copy in which the texts of the fields above are what `change` makes of them. */
function walk(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => walk(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'string' ? (FIELDS.has(key) ? change(each) : each) : walk(each, change),
    ]),
  )
}
