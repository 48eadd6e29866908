import type { JournalDatabase, JournalEntry } from '#core/contracts/journal.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { allKept, toEntry } from '#renderer/data/unsent/kept-entries.ts'
import { restoreKept, type Restored } from '#renderer/data/unsent/restore-kept.ts'
import {
  KEPT_TABLES,
  keptSeq,
  markToldWhole,
  setKeptSeq,
  wasToldWhole,
} from '#renderer/data/unsent/unsent-journal.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

type JournalCalls = Pick<HostCalls, 'journal.append' | 'journal.read'>

interface Contents {
  seq: number
  entries: JournalEntry[]
}

/**
 * Makes the store and main's journal say the same, before anything else runs on the store: what the store lost comes back
 * from the journal; what the journal never heard of is told. Called twice it does nothing the second time. Returns what was
 * restored, null when nothing was missing; an Issue when main's journal cannot be read or written, the store is then as it was
 * or already restored.
 */
export async function reconcileUnsent(
  ctx: Pick<UseCaseContext, 'db' | 'newId' | 'now' | 'rules'> & { host: JournalCalls },
  database: JournalDatabase,
): Promise<Result<Restored | null>> {
  const { db, host } = ctx
  const journal = await readWhatMatters(db, host, database)
  if (!journal.ok) return journal
  const restored = await restoreKept(db, journal.value, ctx)
  if (restored !== null && restored.products > 0) await judgeRestored(ctx)
  const told = await tellDifferences(db, host, database, journal.value)
  return told.ok ? ok(restored) : told
}

/** Orders of a store that only fell back were judged without the facts that are here again. */
async function judgeRestored(ctx: Pick<UseCaseContext, 'db' | 'now' | 'rules'>): Promise<void> {
  const { db } = ctx
  await inUnit(db, { stores: [...ORDER_STORES, 'products', 'settings'], durability: 'strict' }, async () => {
    const waiting = (await db.orderRows
      .where('[queue+sortKey+id]')
      .between(['blocked', -Infinity], ['blocked', []])
      .primaryKeys()) as OrderId[]
    const loaded = await Promise.all(waiting.map((id) => loadOrder(db, id)))
    const orders = loaded.flatMap((each) => (each.ok ? [each.value] : []))
    const judged = await judgeAnew(ctx, orders)
    await saveOrders(
      db,
      judged.filter((order, i) => order !== orders[i]),
    )
  })
}

/**
 * Products that this store has told, and has not fallen behind of, are of no interest: reading a hundred thousand of them back at each
 * start is what a person would wait for. A journal that fell behind the store is looked at as a whole.
 */
async function readWhatMatters(
  db: CaravelDatabase,
  host: JournalCalls,
  database: JournalDatabase,
): Promise<Result<Contents>> {
  const told = (await wasToldWhole(db)) ? await keptSeq(db) : null
  const journal = await readJournal(host, database, told)
  if (!journal.ok || told === null || journal.value.seq >= told) return journal
  return readJournal(host, database, null)
}

/** Pages are of one moment: nobody writes to the journal yet. */
async function readJournal(
  host: JournalCalls,
  database: JournalDatabase,
  productsAfter: number | null,
): Promise<Result<Contents>> {
  const contents: Contents = { seq: 0, entries: [] }
  for (let after: number | null = 0; after !== null;) {
    const page: Awaited<ReturnType<JournalCalls['journal.read']>> = await host['journal.read']({
      ...{ database, after, productsAfter },
    })
    if (!page.ok) return page
    if (page.value.next !== null && page.value.next <= after)
      return err(issue('malformed', { reason: 'bad-answer' }))
    contents.seq = page.value.seq
    contents.entries.push(...page.value.entries)
    after = page.value.next
  }
  return ok(contents)
}

async function tellDifferences(
  db: CaravelDatabase,
  host: JournalCalls,
  database: JournalDatabase,
  journal: Contents,
): Promise<Result<null>> {
  const { differences, whole } = await db.transaction('rw', KEPT_TABLES, async () => {
    const known = new Map(
      journal.entries.flatMap((entry) =>
        entry.kind === 'put' ? [[placeOf(entry), JSON.stringify(entry.value)] as const] : [],
      ),
    )
    const orderIds = journal.entries.filter(isKeptOrder).map(({ id }) => id)
    // A crash between the store and the journal, or a store that never told everything: the journal has not heard of all of it.
    const whole = (await keptSeq(db)) > journal.seq || !(await wasToldWhole(db))
    const kept = await allKept(db, { known: orderIds, whole })
    const there = new Set(kept.map(placeOf))
    const changed = kept.filter((each) => known.get(placeOf(each)) !== JSON.stringify(each.value))
    const gone = journal.entries.filter(
      (entry) => entry.kind === 'put' && (whole || entry.store !== 'products') && !there.has(placeOf(entry)),
    )
    if (changed.length + gone.length === 0) return { differences: [], whole }
    // Until the last page is told.
    if (whole) await markToldWhole(db, false)
    const seq = Math.max(await keptSeq(db), journal.seq) + 1
    await setKeptSeq(db, seq)
    const removed = gone.map(({ store, id }) => ({ store, id, value: undefined }))
    return { differences: [...changed, ...removed].map((each) => toEntry(each, seq)), whole }
  })
  for (let at = 0; at < differences.length; at += PAGE) {
    const told = await host['journal.append']({ database, entries: differences.slice(at, at + PAGE) })
    if (!told.ok) return told
  }
  if (whole) await db.transaction('rw', ['settings'], () => markToldWhole(db, true))
  return ok(null)
}

const PAGE = 200

function placeOf({ store, id }: { store: string; id: string }): string {
  return `${store} ${id}`
}

function isKeptOrder(entry: JournalEntry): boolean {
  return entry.kind === 'put' && entry.store === 'orders'
}
