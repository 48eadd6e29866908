import { foldText } from '#core/shared/fold-text.ts'
import { loadSearches, saveSearches } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const MOST = 10
const LONGEST = 200

/** Keeps what was looked for, the last first, each once; a few only. They go with the buyers (purge-buyers.ts) and into no file. */
export async function noteSearch({ db, now }: UseCaseContext, text: string): Promise<void> {
  const kept = text.trim().slice(0, LONGEST)
  if (kept === '') return
  await inUnit(db, { stores: ['settings'], durability: 'relaxed' }, async () => {
    const others = (await loadSearches(db)).filter((each) => foldText(each.text) !== foldText(kept))
    await saveSearches(db, [{ text: kept, at: now() }, ...others].slice(0, MOST))
  })
}

/** Forgets all of them. */
export function forgetSearches({ db }: UseCaseContext): Promise<void> {
  return inUnit(db, { stores: ['settings'], durability: 'strict' }, () => saveSearches(db, []))
}
