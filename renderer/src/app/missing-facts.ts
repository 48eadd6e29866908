import type { ItemCustoms } from '#core/catalog/product.ts'

export type MissingFact = 'description' | 'hs6' | 'origin' | 'unitNetGrams'

/** Which facts nobody has given yet. The value may be left out: the price paid stands in. */
export function missingFacts({ description, hs6, origin, unitNetGrams }: ItemCustoms): MissingFact[] {
  const missing: MissingFact[] = []
  if (description.trim() === '') missing.push('description')
  if (hs6.trim() === '') missing.push('hs6')
  if (origin.trim() === '') missing.push('origin')
  if (unitNetGrams === null) missing.push('unitNetGrams')
  return missing
}
