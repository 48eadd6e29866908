import { expect, it } from 'vitest'
import { answers } from '#renderer/platform/data-worker-client.ts'

it('every question is settled by what comes under its number, and by nothing else', async () => {
  const worker = new EventTarget() as unknown as Worker & EventTarget
  const ask = answers(worker)
  const say = (data: unknown) => worker.dispatchEvent(new MessageEvent('message', { data }))
  const asked: number[] = []
  const first = ask<string>((number) => asked.push(number))
  const second = ask<string>((number) => asked.push(number))
  say({ kind: 'failed', reason: 'something else', storeTrouble: null })
  say({ kind: 'unanswered', ask: asked[0], reason: 'the store is gone' })
  say({ kind: 'answer', ask: asked[1], answer: 'here' })
  say({ kind: 'answer', ask: asked[0], answer: 'too late' })
  await expect(first).rejects.toThrow('the store is gone')
  expect(await second).toBe('here')
})
