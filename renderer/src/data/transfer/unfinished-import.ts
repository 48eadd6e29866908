import Dexie from 'dexie'
import type { WorkspaceKind } from '#core/contracts/transfer.ts'
import { activeDatabase, filledBeside } from '#renderer/data/places.ts'
import type { ImportState, SettingRow } from '#renderer/data/setting-records.ts'

/** The file of an import, as it is told again later. */
export type ImportFile = Pick<ImportState, 'identity' | 'name'>

/** An import that was cut off: the database it was writing, and how far it came. */
export interface UnfinishedImport extends ImportState {
  database: string
}

/** How long one is kept that nobody goes on with. */
const KEPT_MS = 14 * 86_400_000

/** The import that was cut off last and can go on; null when there is none. */
export async function findUnfinished(kind: WorkspaceKind, now: number): Promise<UnfinishedImport | null> {
  const found: UnfinishedImport[] = []
  for (const database of await filledBeside(kind)) {
    const state = await readState(database)
    if (state !== null && now - state.updatedAt < KEPT_MS) found.push({ ...state, database })
  }
  return found.sort((a, b) => b.updatedAt - a.updatedAt)[0] ?? null
}

/** What was written goes; the workspace is not touched. Does nothing to a database that became one meanwhile. */
export async function dropUnfinished(kind: WorkspaceKind, database: string): Promise<void> {
  if ((await activeDatabase(kind)) !== database) await Dexie.delete(database)
}

/** Of whatever layout it is; null when nothing says that it can go on. */
async function readState(database: string): Promise<ImportState | null> {
  const db = new Dexie(database)
  try {
    await db.open()
    const settings = db.tables.find(({ name }) => name === 'settings')
    const row = (await settings?.get('import')) as SettingRow | undefined
    return row?.key === 'import' ? row.value : null
  } catch {
    return null
  } finally {
    db.close()
  }
}
