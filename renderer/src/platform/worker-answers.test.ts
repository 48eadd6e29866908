import { expect, it } from 'vitest'
import { storeTrouble } from '#renderer/data/storage-issue.ts'
import { answers } from '#renderer/platform/data-worker-client.ts'

it('every question is settled by what comes under its number, and by nothing else', async () => {
  const worker = new EventTarget() as unknown as Worker & EventTarget
  const ask = answers(worker)
  const say = (data: unknown) => worker.dispatchEvent(new MessageEvent('message', { data }))
  const asked: number[] = []
  const first = ask<string>((number) => asked.push(number))
  const second = ask<string>((number) => asked.push(number))
  say({ kind: 'failed', reason: 'something else', storeTrouble: null })
  say({ kind: 'unanswered', ask: asked[0], reason: 'the store is gone', storeTrouble: 'ConnectionClosing' })
  say({ kind: 'answer', ask: asked[1], answer: 'here' })
  say({ kind: 'answer', ask: asked[0], answer: 'too late' })
  const failed = await first.catch((error: unknown) => error)
  expect(failed).toMatchObject({ message: 'the store is gone' })
  expect(storeTrouble(failed)).toBe('ConnectionClosing')
  expect(await second).toBe('here')
})
