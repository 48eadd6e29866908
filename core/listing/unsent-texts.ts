import type { ContentChange } from '#core/sync/outbox.ts'
import type { ListingChange } from '#core/listing/unsent.ts'

/** Texts that the remote has not taken yet, each once: from what it had before the first change to what the last one says. */
export function unsentTexts(rows: readonly ListingChange[]): ContentChange[] {
  const texts = new Map<string, ContentChange>()
  for (const row of rows) {
    if (row.kind !== 'push-listing' || row.state === 'accepted') continue
    for (const change of row.payload.changes) {
      const name = `${change.locale} ${change.part}`
      texts.set(name, { ...change, before: texts.get(name)?.before ?? change.before })
    }
  }
  return [...texts.values()].filter(({ before, value }) => (before ?? '') !== value)
}
