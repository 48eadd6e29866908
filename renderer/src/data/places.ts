import Dexie from 'dexie'
import type { WorkspaceKind } from '#core/contracts/transfer.ts'

/**
 * Which database a workspace is in. Each begins in the one of its own name; an import that replaces fills another one beside it and
 * moves this pointer, in one strict transaction. The database before stays until the next start of the app has opened the new one.
 */
const FIRST: Record<WorkspaceKind, string> = { own: 'caravel', demo: 'caravel-demo' }
const PLACES = 'caravel.places'

interface Place {
  kind: WorkspaceKind
  name: string
  /** Databases it was in before, and the run of the app that left each. */
  before: { name: string; leftIn: string }[]
}

/** The name without what imports added: `caravel` or `caravel-demo`. */
export function workspaceOf(databaseName: string): WorkspaceKind {
  return databaseName.split('.')[0] === FIRST.demo ? 'demo' : 'own'
}

/** A name that no database has. */
export function freshName(kind: WorkspaceKind, now: number): string {
  return `${FIRST[kind]}.${now.toString(36)}`
}

export async function activeDatabase(kind: WorkspaceKind): Promise<string> {
  return (await readPlaces()).find((place) => place.kind === kind)?.name ?? FIRST[kind]
}

/** From the next load of the page on, the workspace is in the database of that name. */
export async function moveTo(kind: WorkspaceKind, name: string, run: string): Promise<void> {
  await withPlaces(async (places) => {
    const now = await places.get(kind)
    const left = { name: now?.name ?? FIRST[kind], leftIn: run }
    await places.put({ kind, name, before: [...(now?.before ?? []), left] })
  })
}

/** Databases that an import of a workspace began and that no workspace is or was in. */
export async function filledBeside(kind: WorkspaceKind): Promise<string[]> {
  const present = (await indexedDB.databases()).map(({ name }) => name ?? '')
  const place = (await readPlaces()).find((each) => each.kind === kind)
  const known = new Set([place?.name, ...(place?.before ?? []).map(({ name }) => name)])
  return present.filter((name) => name.startsWith(`${FIRST[kind]}.`) && name !== PLACES && !known.has(name))
}

/**
 * Removes databases that an earlier run of the app left, and those that an import never finished, but for `resumable`. To be called while
 * none runs, and after the active ones were opened.
 */
export async function forgetLeft(run: string, resumable: readonly string[] = []): Promise<string[]> {
  const present = (await indexedDB.databases()).map(({ name }) => name ?? '')
  const places = present.includes(PLACES) ? await readPlaces() : []
  const active = new Set(
    (['own', 'demo'] as const).map(
      (kind) => places.find((place) => place.kind === kind)?.name ?? FIRST[kind],
    ),
  )
  const kept = new Set(
    places.flatMap(({ before }) => before.filter(({ leftIn }) => leftIn === run).map(({ name }) => name)),
  )
  const left = new Set(places.flatMap(({ before }) => before.map(({ name }) => name)))
  const unfinished = present.filter(
    (name) =>
      name !== PLACES && /^caravel(-demo)?\./.test(name) && !left.has(name) && !resumable.includes(name),
  )
  const gone = [...left, ...unfinished].filter(
    (name) => !active.has(name) && !kept.has(name) && present.includes(name),
  )
  for (const name of gone) await Dexie.delete(name)
  if (left.size > kept.size)
    await withPlaces((table) =>
      table.toCollection().modify((place) => {
        place.before = place.before.filter(({ name }) => kept.has(name))
      }),
    )
  return gone
}

/** Most profiles have never imported anything: then nothing is opened. */
async function readPlaces(): Promise<Place[]> {
  const known = (await indexedDB.databases()).some(({ name }) => name === PLACES)
  return known ? withPlaces((places) => places.toArray()) : []
}

async function withPlaces<T>(work: (places: Dexie.Table<Place, string>) => PromiseLike<T>): Promise<T> {
  const db = new Dexie(PLACES, { chromeTransactionDurability: 'strict' })
  db.version(1).stores({ places: 'kind' })
  try {
    return await db.transaction('rw', 'places', async () => work(db.table('places')))
  } finally {
    db.close()
  }
}
