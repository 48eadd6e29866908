import type { HandOverInput, HandOverLine } from '#core/documents/hand-over/hand-over-model.ts'
import { compareNaturally } from '#core/documents/packing/pick-rows.ts'
import { plainKilograms } from '#core/documents/plain-amount.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import { toCsv } from '#core/shared/csv.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

export interface Bag {
  id: string
  parcels: number
  grams: number
}

/** Lines by bag, then by number: in the order in which they are counted. */
export function handOverLines({ lines }: HandOverInput): HandOverLine[] {
  return [...lines].sort((a, b) => compareNaturally(a.bag, b.bag) || compareNaturally(a.tracking, b.tracking))
}

/** The bags with what is in them; loose parcels are none. */
export function bagsOf(input: HandOverInput): Bag[] {
  const bags = new Map<string, Bag>()
  for (const { bag, grams } of handOverLines(input)) {
    if (bag === '') continue
    const known = bags.get(bag) ?? { id: bag, parcels: 0, grams: 0 }
    bags.set(bag, { id: bag, parcels: known.parcels + 1, grams: known.grams + grams })
  }
  return [...bags.values()]
}

export function totalGrams({ lines }: HandOverInput): number {
  return lines.reduce((sum, line) => sum + line.grams, 0)
}

/** A list without parcels, a parcel without number, and one that is on it twice. */
export function checkHandOver({ lines, carrier }: HandOverInput): Issue[] {
  const issues: Issue[] = []
  const add = (reason: string, field: string) => issues.push(issue('invalid-input', { reason, field }))
  if (carrier.trim() === '') add('missing', 'carrier')
  if (lines.length === 0) add('missing', 'lines')
  const seen = new Set<string>()
  lines.forEach(({ tracking }, index) => {
    if (tracking.trim() === '') add('missing', `lines.${index}.tracking`)
    else if (seen.has(tracking)) add('duplicate', `lines.${index}.tracking`)
    seen.add(tracking)
  })
  return issues
}

/** The list as a table for spreadsheets and carriers' uploads; the same lines in the same order as on paper. */
export function handOverCsv(input: HandOverInput, { handOver }: FlowWords): string {
  const head = [
    ...[
      handOver.bag,
      handOver.tracking,
      handOver.order,
      handOver.destination,
      handOver.service,
      handOver.weightKg,
    ],
  ]
  const rows = handOverLines(input).map(({ bag, tracking, orderNumber, destination, service, grams }) => [
    ...[bag, tracking, orderNumber, destination, service, plainKilograms(grams)],
  ])
  return toCsv([head, ...rows])
}
