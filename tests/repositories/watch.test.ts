import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import { watch, watchAtLeisure } from '#renderer/data/queries/watch.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

it('a burst of changes is answered four times a second, and the last one always', async () => {
  const db = await freshDatabase()
  const answers: number[] = []
  const from = performance.now()
  const changes = 60
  let enough = (): void => undefined
  const seen = new Promise<void>((resolve) => (enough = resolve))
  const subscription = watch(() => db.counters.get('all').then((row) => row?.count ?? 0)).subscribe(
    (count) => {
      answers.push(count)
      if (count === changes) enough()
    },
  )
  for (let count = 1; count <= changes; count++) {
    await db.counters.put({ key: 'all', count })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await seen
  subscription.unsubscribe()
  const seconds = (performance.now() - from) / 1000
  expect(answers.length).toBeLessThanOrEqual(Math.ceil(seconds / 0.5) * 3 + 2)
  expect(answers).toEqual([...answers].sort((a, b) => a - b))
  db.close()
})

it('nothing comes after the end, also while it rests', async () => {
  const db = await freshDatabase()
  let answers = 0
  const subscription = watch(() => db.counters.toArray()).subscribe(() => answers++)
  for (let count = 1; count <= 20; count++) {
    await db.counters.put({ key: 'all', count })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  subscription.unsubscribe()
  const before = answers
  await db.counters.put({ key: 'all', count: 99 })
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(answers).toBe(before)
  db.close()
})

it("a person's own work is shown at once, also in the middle of a burst", async () => {
  const db = await freshDatabase()
  const answers: { count: number; at: number }[] = []
  const subscription = watch(() => db.counters.get('own').then((row) => row?.count ?? 0)).subscribe((count) =>
    answers.push({ count, at: performance.now() }),
  )
  const until = performance.now() + 1_200
  let ownAt = 0
  for (let count = 1; performance.now() < until; count++) {
    await db.counters.put({ key: 'own', count })
    await new Promise((resolve) => setTimeout(resolve, 5))
    // Right after an answer that began a rest, which would last almost half a second.
    if (ownAt > 0 || answers.length < 3 || performance.now() - (answers.at(-1)?.at ?? 0) < 30) continue
    await inUnit(db, { stores: ['counters'], durability: 'strict' }, () =>
      db.counters.put({ key: 'own', count: 10_000 }).then(() => undefined),
    )
    ownAt = performance.now()
    await vi.waitFor(() => expect(answers.some((answer) => answer.count === 10_000)).toBe(true))
  }
  subscription.unsubscribe()
  const shownAt = answers.find((answer) => answer.count === 10_000)?.at ?? Infinity
  expect(shownAt - ownAt).toBeLessThan(150)
  db.close()
})

it('a read that takes long rests longer', async () => {
  const db = await freshDatabase()
  let reads = 0
  const slowly = async (): Promise<number> => {
    reads++
    const until = performance.now() + 300
    let count = 0
    while (performance.now() < until) count = await db.counters.count()
    return count
  }
  const answers: number[] = []
  const subscription = watch(slowly).subscribe((count) => answers.push(count))
  const until = performance.now() + 3_000
  for (let count = 1; performance.now() < until; count++) {
    await db.counters.put({ key: `row-${count}`, count })
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  subscription.unsubscribe()
  // With the rest of a quick read it would read without a pause, about ten times.
  expect(reads).toBeLessThanOrEqual(7)
  // Although something changes during each of them, nearly every read is shown.
  expect(answers.length).toBeGreaterThanOrEqual(2)
  expect(answers).toEqual([...answers].sort((a, b) => a - b))
  db.close()
}, 10_000)

it('what is read at leisure waits after a change, is shown at the end, and is shown also while changes go on', async () => {
  const db = await freshDatabase()
  const answers: number[] = []
  let reads = 0
  const slowly = async (): Promise<number> => {
    reads++
    const kept = await db.counters.get('all')
    // Long enough that something changes meanwhile.
    for (let more = 0; more < 20; more++) await db.counters.count()
    return kept?.count ?? 0
  }
  const subscription = watchAtLeisure(slowly, 150).subscribe((count) => answers.push(count))
  const until = performance.now() + 800
  let count = 0
  while (performance.now() < until) {
    await inUnit(db, { stores: ['counters'], durability: 'strict' }, () =>
      db.counters.put({ key: 'all', count: ++count }).then(() => undefined),
    )
    // In memory nothing else would ever have its turn.
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(answers.length).toBeGreaterThan(2)
  expect(reads).toBeLessThan(10)
  await vi.waitFor(() => expect(answers.at(-1)).toBe(count))
  subscription.unsubscribe()
  await db.counters.put({ key: 'all', count: -1 })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(answers.at(-1)).toBe(count)
  db.close()
})
