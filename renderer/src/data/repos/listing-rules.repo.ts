import { z } from '#core/contracts/zod.ts'
import { ruleSetSchema } from '#core/contracts/values.ts'
import type { ListingRules } from '#core/listing/rules.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** A shop's rules for one kind of goods, as they were read last. */
export interface KeptRules extends ListingRules {
  /** The shop's own mark of this version. */
  checksum: string
  /** When the shop last said that these hold, epoch ms. */
  readAt: number
}

const schema = z.object({
  ruleSet: ruleSetSchema,
  rules: z.string(),
  checksum: z.string(),
  readAt: z.number().int(),
})

/** Rules of these names, as far as they are here and can be read. */
export async function loadListingRules(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  ruleSets: readonly string[],
): Promise<KeptRules[]> {
  if (ruleSets.length === 0) return []
  const files = await db.referenceFiles.bulkGet(ruleSets.map((ruleSet) => idOf(connectionId, ruleSet)))
  return files.flatMap((file) => {
    const kept = file === undefined ? null : readKept(file.text)
    return kept === null ? [] : [kept]
  })
}

/** Puts rules in the place of those before. To be called in a unit over `referenceFiles`. */
export async function saveListingRules(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  kept: KeptRules,
): Promise<void> {
  await db.referenceFiles.put({
    ...{ id: idOf(connectionId, kept.ruleSet), kind: 'listing-rules', name: kept.ruleSet },
    ...{ importedAt: kept.readAt, sha256: '', text: JSON.stringify(kept) },
  })
}

/** To be called in a unit over `referenceFiles`. */
export async function forgetListingRules(db: CaravelDatabase, connectionId: ConnectionId): Promise<void> {
  const keys = await db.referenceFiles.where('id').startsWith(idOf(connectionId, '')).primaryKeys()
  await db.referenceFiles.bulkDelete(keys)
}

function idOf(connectionId: ConnectionId, ruleSet: string): string {
  return `listing-rules:${connectionId}:${ruleSet}`
}

function readKept(text: string): KeptRules | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
