import { expect, test } from '@playwright/test'
import { NORTH, type ChannelDesk } from '#tests/e2e/channel-desk.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import type { ProxyRequest } from '#tests/support/fault-proxy.ts'

const called = (operation: string) => (request: ProxyRequest) => request.operation === operation

/** A shop that throttles, fails or sends what cannot be read: said in words, and over by itself. */
export function describeTrouble(desk: () => ChannelDesk): void {
  test('told to slow down, or answered with an error: waits in words, and heals by itself', async () => {
    test.setTimeout(90_000)
    const faults = [
      [desk().code(1), { kind: 'status', status: 429, retryAfter: 2 }, /asks for a pause/],
      [desk().code(2), { kind: 'status', status: 500 }, /reports an error|Nobody knows yet/],
    ] as const
    for (const [order, fault, words] of faults) {
      const planned = desk().parts.north.plan({ match: called('AddFulfillment'), times: Infinity, fault })
      await desk().handOverAt(NORTH, order)
      await openPage(desk().page, '/outbox')
      await expect(desk().outboxRow(order)).toContainText('Waits to retry', { timeout: 20_000 })
      await expect(desk().outboxRow(order)).toContainText(words)
      await expect(desk().pill()).toContainText('1 change waiting')
      expect((await desk().parts.peer.readOrder(order)).fulfillments).toEqual([])
      expect(planned.hits()).toBeGreaterThan(0)
      planned.cancel()
      await expect(desk().outboxRow(order)).toBeHidden({ timeout: 40_000 })
      await desk().expectShippedOnce(order)
    }
    expect(desk().parts.north.effects('AddFulfillment')).toBe(3)
    await expect(desk().pill()).toHaveText('Online')
  })

  test('half a page fails the pull and is pulled again; one odd order is set aside and the others are stored', async () => {
    const cut = desk().parts.north.plan({
      match: called('PullOrders'),
      times: Infinity,
      fault: { kind: 'truncate', end: 'clean' },
    })
    await openPage(desk().page, '/channels')
    await desk().card(NORTH).getByRole('button', { name: 'Sync now' }).click()
    await expect(desk().card(NORTH).getByText('Last pull failed')).toBeVisible({ timeout: 20_000 })
    await expect(desk().card(NORTH)).toContainText('could not be read')
    cut.cancel()

    const [odd, whole] = await desk().parts.peer.seedOrders(2, { countries: ['JP', 'UA'] })
    const altered = desk().parts.north.plan({
      match: (request) => /^(Pull|Read)Orders$/.test(request.operation ?? ''),
      times: Infinity,
      fault: { kind: 'alter', change: (body) => breakOrder(body, odd?.code ?? '') },
    })
    await desk().syncNow(NORTH)
    await expect(desk().card(NORTH)).toContainText('1 order could not be read')
    const stored = await desk().numbersOf(NORTH)
    expect(stored).toContain(whole?.code)
    expect(stored).not.toContain(odd?.code)
    await desk().card(NORTH).getByRole('link', { name: '1 order could not be read' }).click()
    await expect(desk().page.getByRole('grid').getByRole('row').last()).toContainText('currencyCode')
    await openPage(desk().page, '/channels')

    altered.cancel()
    await desk().syncNow(NORTH)
    await expect(desk().card(NORTH)).not.toContainText('could not be read')
    expect(await desk().numbersOf(NORTH)).toContain(odd?.code)
  })
}

/** The answer with one order in a currency that does not exist. */
function breakOrder(body: string, number: string): string {
  const answer = JSON.parse(body) as { data?: { orders?: { items?: Record<string, unknown>[] } } }
  for (const item of answer.data?.orders?.items ?? [])
    if (item['code'] === number) item['currencyCode'] = 'NOPE'
  return JSON.stringify(answer)
}
