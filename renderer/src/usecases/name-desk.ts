import { inUnit } from '#renderer/data/unit-of-work.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Gives this machine its id, once; every entry of the journal carries it. */
export function nameDesk({ db, newId }: UseCaseContext): Promise<void> {
  return inUnit(db, { stores: ['settings'], durability: 'strict' }, async () => {
    const desk = await loadDesk(db)
    if (desk.deskId === '') await saveDesk(db, { ...desk, deskId: newId<'desk'>() })
  })
}
