import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { leaveForGood } from '#renderer/app/leave-for-good.ts'

const page = { render: () => null }

function slowRouter(): { router: Router; arrive(): void; fail(): void } {
  let arrive = (): void => undefined
  let fail = (): void => undefined
  const loading = new Promise<typeof page>((resolve, reject) => {
    arrive = () => resolve(page)
    fail = () => reject(new Error('not there'))
  })
  const routes = [
    { path: '/orders', name: 'orders', component: page },
    { path: '/outbox', name: 'outbox', component: () => loading },
  ]
  const router = leaveForGood(createRouter({ history: createMemoryHistory(), routes }))
  return { router, arrive: () => arrive(), fail: () => fail() }
}

const tick = () => new Promise((resolve) => setTimeout(resolve))

test('a page that is being left does not take a person back by its own address', async () => {
  const { router, arrive } = slowRouter()
  await router.push('/orders')
  const going = router.push('/outbox')
  await tick()
  await router.replace({ name: 'orders', query: { order: '1' } })
  arrive()
  await going
  expect(router.currentRoute.value.fullPath).toBe('/outbox')
})

test('a person who changes their mind stays', async () => {
  const { router, arrive } = slowRouter()
  await router.push('/orders')
  const going = router.push('/outbox')
  await tick()
  await router.push({ name: 'orders', query: { order: '1' } })
  arrive()
  await going
  expect(router.currentRoute.value.fullPath).toBe('/orders?order=1')
  await router.replace({ name: 'orders', query: {} })
  expect(router.currentRoute.value.fullPath).toBe('/orders')
})

test('a page that cannot be loaded leaves the other its address', async () => {
  const { router, fail } = slowRouter()
  await router.push('/orders')
  const going = router.push('/outbox')
  await tick()
  fail()
  await expect(going).rejects.toThrow('not there')
  await router.replace({ name: 'orders', query: { order: '1' } })
  expect(router.currentRoute.value.fullPath).toBe('/orders?order=1')
})
