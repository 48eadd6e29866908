import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { watch } from '#renderer/data/queries/watch.ts'
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
