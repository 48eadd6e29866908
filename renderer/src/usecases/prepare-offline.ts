import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { readQueueRows } from '#renderer/data/queries/order-lists.ts'
import type { OfflineDesk, OfflineReport } from '#renderer/data/setting-records.ts'
import { loadOffline, saveOffline } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'
import { fetchRates, lacksRates, type RatesTools } from '#renderer/usecases/fetch-rates.ts'
import { fetchPictures, type PictureTools } from '#renderer/usecases/fetch-pictures.ts'
import { countFrozen, freezeStock, giveBackStock } from '#renderer/usecases/freeze-stock.ts'
import { sendAgain } from '#renderer/usecases/send-again.ts'

/** What a desk does before it goes without a line, in this order. */
export const OFFLINE_STEPS = ['pull', 'send', 'freeze', 'labels', 'rates', 'pictures'] as const
export type OfflineStep = (typeof OFFLINE_STEPS)[number]

/** The part of the sync engine that is waited for. */
export interface EnginePort {
  syncNow(): void
  kick(): void
  settled(): Promise<void>
}

export interface OfflineTools extends LocalContext {
  host: PictureTools['host'] & RatesTools['host']
  engine: EnginePort
  sleep: (ms: number) => Promise<void>
}

export interface OfflineControl {
  stopped: () => boolean
  /** `done` of `total` of this step; both 0 while nobody can say. */
  onStep: (step: OfflineStep, done: number, total: number) => void
}

/** The most that a person can mean: everything would close the shop. */
const MOST_SHARE = 90

/**
 * Pulls, sends, freezes a share of the stock for this desk and stores what is looked at without a line. May be done again at any time:
 * it takes up where it was cut off, and freezes nothing twice. Issues: `invalid-input.share-range`, `cancelled` (what was done so far stays).
 */
export async function prepareOffline(
  tools: OfflineTools,
  { share }: { share: number },
  control: OfflineControl,
): Promise<Result<OfflineDesk>> {
  const { db, now } = tools
  if (!Number.isInteger(share) || share < 0 || share > MOST_SHARE)
    return err(issue('invalid-input', { reason: 'share-range', field: 'share' }))
  const startedAt = now()
  const report = (step: OfflineStep) => (done: number, total: number) => control.onStep(step, done, total)
  const { stopped } = control

  report('pull')(0, 0)
  tools.engine.syncNow()
  await settle(tools, stopped)
  const notPulled = await notPulledSince(tools, startedAt)
  if (stopped()) return err(issue('cancelled'))

  report('send')(0, 0)
  await sendNow(tools, stopped)
  if (stopped()) return err(issue('cancelled'))

  report('freeze')(0, 0)
  const { refused } = share > 0 ? await freezeStock(tools, share, part('freeze')) : { refused: 0 }
  await sendNow(tools, stopped)
  if (stopped()) return err(issue('cancelled'))

  report('labels')(0, 0)
  const labels = await findLabels(tools)
  report('rates')(0, 0)
  await fetchLackingRates(tools, stopped)
  if (stopped()) return err(issue('cancelled'))

  const pictures = await fetchPictures(tools, part('pictures'))
  if (stopped()) return err(issue('cancelled'))

  const unsent = (await readOutbox(db)).filter(({ held }) => !held).length
  const frozen = await countFrozen(tools)
  return ok(
    await keep(tools, share, {
      ...{ notPulled, unsent, frozen, notFrozen: refused, labels, pictures },
    }),
  )

  function part(step: OfflineStep) {
    return { stopped, onProgress: report(step) }
  }
}

/**
 * Back at the line: what was frozen goes back to the shops, through the outbox like every change. Returns how many listings could not
 * take it; they stay in the reserve. Issues: `cancelled`.
 */
export async function comeBackOnline(
  tools: OfflineTools,
  control: OfflineControl,
): Promise<Result<{ refused: number }>> {
  const { stopped } = control
  const { refused } = await giveBackStock(tools, {
    stopped,
    onProgress: (done, total) => control.onStep('freeze', done, total),
  })
  if (stopped()) return err(issue('cancelled'))
  if (refused === 0)
    await inUnit(tools.db, { stores: ['settings'], durability: 'strict' }, () => saveOffline(tools.db, null))
  control.onStep('send', 0, 0)
  tools.engine.syncNow()
  await sendNow(tools, stopped)
  return ok({ refused })
}

/** What is left over from an earlier preparation stays from then. */
function keep({ db, now }: OfflineTools, share: number, report: OfflineReport): Promise<OfflineDesk> {
  return inUnit(db, { stores: ['settings'], durability: 'strict' }, async () => {
    const before = await loadOffline(db)
    const value = { since: before?.since ?? now(), preparedAt: now(), share, report }
    await saveOffline(db, value)
    return value
  })
}

/** Everything that only rests, so that it can be undone, or waits for its next attempt goes now. */
async function sendNow(tools: OfflineTools, stopped: () => boolean): Promise<void> {
  const { db, now, engine } = tools
  await inUnit(db, { stores: ['outbox'], durability: 'strict' }, async () => {
    const rows = await db.outbox.toArray()
    const resting = rows.filter(({ state, held }) => !held && (state === 'queued' || state === 'waiting'))
    await db.outbox.bulkPut(resting.map((row) => sendAgain(row, now())))
  })
  engine.kick()
  await settle(tools, stopped)
}

const LOOK_EVERY_MS = 200

/** Until the engine has nothing to do, or nobody waits for it any more. */
async function settle({ engine, sleep }: OfflineTools, stopped: () => boolean): Promise<void> {
  let quiet = false
  void engine.settled().then(() => (quiet = true))
  while (!quiet && !stopped()) await sleep(LOOK_EVERY_MS)
}

/** The call itself cannot be stopped, so that it is no longer waited for; what it brings is kept all the same. */
async function fetchLackingRates(tools: OfflineTools, stopped: () => boolean): Promise<void> {
  if (!(await lacksRates(tools))) return
  let over = false
  const fetched = fetchRates(tools).finally(() => (over = true))
  const given = async (): Promise<void> => {
    while (!over && !stopped()) await tools.sleep(LOOK_EVERY_MS)
  }
  await Promise.race([fetched, given()])
}

async function notPulledSince({ db }: OfflineTools, since: number): Promise<string[]> {
  const connections = await db.connections.orderBy('id').toArray()
  return connections
    .filter(({ paused }) => !paused)
    .filter(({ lastSuccessAt, catalogue }) => {
      const listingsOld = catalogue !== undefined && (catalogue.lastSuccessAt ?? 0) < since
      return (lastSuccessAt ?? 0) < since || listingsOld
    })
    .map(({ name }) => name)
}

const MOST_NAMED = 20

/** Orders that are ready to go and whose label's bytes are not here. */
async function findLabels({ db }: OfflineTools): Promise<OfflineReport['labels']> {
  const rows = await readQueueRows(db, 'label_ready', 10_000)
  const lacking: string[] = []
  for (const { id, number } of rows)
    if ((await db.documents.where('orderId').equals(id).count()) === 0) lacking.push(number)
  return { ready: rows.length, lacking: lacking.slice(0, MOST_NAMED) }
}
