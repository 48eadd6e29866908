import { expect, test } from '#tests/support/app-test.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import { ChannelDesk, NORTH, SECOND_ADMIN, SOUTH, type ChannelOrder } from '#tests/e2e/channel-desk.ts'
import { describeShipBy } from '#tests/e2e/channel-ship-by.suite.ts'
import { describeSignIn } from '#tests/e2e/channel-sign-in.suite.ts'
import { describeTrouble } from '#tests/e2e/channel-trouble.suite.ts'
import { callHost } from '#tests/security/pages.ts'
import {
  completeCustoms,
  fillSender,
  importNumbers,
  makeLabel,
  openPage,
  PASSPHRASE,
  type Facts,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy } from '#tests/support/fault-proxy.ts'
import { readStore } from '#tests/support/stored.ts'

/**
 * Two connections to a real shop server, each over a line of its own and with an administrator of its own: what a person sees
 * when one of them is refused, throttled, broken, signed out or let go, and that the other goes on.
 */

const FACTS: Facts = {
  description: 'Ceramic mug, stoneware',
  hs6: '691200',
  origin: 'CN',
  unitNetGrams: '150',
}

test.describe.configure({ mode: 'serial' })

let desk: ChannelDesk

test.beforeAll(async () => {
  test.setTimeout(600_000)
  desk = await ChannelDesk.open()
})
test.afterAll(() => desk.close())

test('a wrong password and wrong addresses are explained where they stand, and nothing is kept', async () => {
  await desk.page.getByRole('button', { name: 'Connect a shop' }).click()
  await desk.fillForm({
    'Name on this desk': NORTH,
    'Address of the shop': desk.parts.north.baseUrl,
    User: desk.parts.peer.adminUser,
    Password: 'not-the-password',
  })
  await desk.page.getByRole('button', { name: 'Test and connect' }).click()
  const again = desk.page.getByLabel('Once more')
  const refused = desk.page.getByRole('alert').first()
  await expect(again.or(refused)).toBeVisible({ timeout: 20_000 })
  if (await again.isVisible()) {
    await desk.field('Passphrase').fill(PASSPHRASE)
    await again.fill(PASSPHRASE)
    await again.press('Enter')
  }
  await expect(desk.field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
    timeout: 20_000,
  })
  await expect(desk.field('Password')).toHaveAttribute('aria-invalid', 'true')
  await expect(desk.field('Password')).toBeFocused()

  const closed = await startFaultProxy(desk.parts.peer.baseUrl)
  await closed.stop()
  const wrong = [
    ['shop', /web address|address of a shop/],
    [closed.baseUrl, /cannot be reached right now/],
    [`${desk.parts.north.baseUrl}/nothing-here`, /no admin API at this address/],
  ] as const
  for (const [address, words] of wrong) {
    await desk.field('Address of the shop').fill(address)
    await desk.page.getByRole('button', { name: 'Test and connect' }).click()
    await expect(desk.field('Address of the shop')).toHaveAccessibleDescription(words, { timeout: 20_000 })
    await expect(desk.field('Address of the shop')).toBeFocused()
  }
  expect(await readStore(desk.page, 'caravel', 'connections')).toEqual([])
  expect(await callHost(desk.page, 'connections.list', {})).toEqual({ ok: true, value: { connections: [] } })
})

test('connected: pulled at once, and again on request', async () => {
  await desk.fillForm({
    'Address of the shop': desk.parts.north.baseUrl,
    Password: desk.parts.peer.adminPassword,
  })
  await desk.page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(desk.page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
  await expect(desk.card(NORTH).getByText('Up to date')).toBeVisible({ timeout: 20_000 })
  await expect(desk.card(NORTH)).not.toContainText('never')
  expect((await desk.numbersOf(NORTH)).sort()).toEqual(desk.parts.seeded.map((order) => order.code).sort())

  const [late] = await desk.parts.peer.seedOrders(1, { countries: ['JP'] })
  await desk.syncNow(NORTH)
  expect(await desk.numbersOf(NORTH)).toContain(late?.code)

  await desk.page.getByRole('button', { name: 'Connect a shop' }).click()
  await desk.fillForm({
    'Name on this desk': SOUTH,
    'Address of the shop': desk.parts.south.baseUrl,
    User: SECOND_ADMIN.user,
    Password: SECOND_ADMIN.password,
  })
  await desk.page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(desk.card(SOUTH).getByText('Up to date')).toBeVisible({ timeout: 20_000 })
  expect((await desk.numbersOf(SOUTH)).length).toBe(desk.parts.seeded.length + 1)
})

test('labels for what follows', async () => {
  await fillSender(desk.page)
  const [from, to] = [makeS10('RR', 47312482, 'CN'), makeS10('RR', 47312581, 'CN')]
  await importNumbers(desk.page, { service: 'Registered packet', from, to })
  for (const each of [0, 1, 2, 3].map((i) => desk.code(i))) {
    await desk.openOrderOf(NORTH, each)
    await completeCustoms(desk.page, () => FACTS)
    desk.labels.set(each, await makeLabel(desk.page, 900))
  }
  expect(new Set(desk.labels.values()).size).toBe(4)
})

describeSignIn(() => desk)
describeTrouble(() => desk)

test('a read-only shop is not told; with unsent changes it stays connected; without, it goes, with or without its data', async () => {
  const last = desk.code(3)
  await openPage(desk.page, '/channels')
  await desk.card(NORTH).getByRole('button', { name: 'Read only' }).click()
  await expect(desk.card(NORTH).getByRole('button', { name: 'Allow changes' })).toBeVisible()
  await desk.handOverAt(NORTH, last)
  await openPage(desk.page, '/outbox')
  await expect(desk.outboxRow(last)).toContainText('Read only')
  await desk.syncNow(NORTH)
  await openPage(desk.page, '/channels')
  const disconnect = async (button: string, answer: string): Promise<void> => {
    await desk.card(NORTH).getByRole('button', { name: button }).click()
    const question = desk.card(NORTH).getByRole('group', { name: 'Its sign-in leaves this machine' })
    await question.getByRole('button', { name: answer }).click()
  }
  await disconnect('Disconnect', 'Remove its data')
  await expect(desk.page.getByText('Some changes have not reached the shop').first()).toBeVisible()
  expect(await desk.numbersOf(NORTH)).toContain(last)

  await openPage(desk.page, '/outbox')
  await desk.outboxRow(last).click()
  await desk.page.getByRole('complementary').getByRole('button', { name: 'Drop' }).click()
  await expect(desk.outboxRow(last)).toBeHidden()
  const { id } = await desk.connection(NORTH)
  await openPage(desk.page, '/channels')
  await disconnect('Disconnect', 'Keep its data')
  await expect(desk.card(NORTH)).toContainText('Disconnected')
  expect(await desk.numbersOf(NORTH)).toContain(last)
  await openPage(desk.page, '/channels')
  await expect(desk.card(NORTH).getByRole('button', { name: 'Connect again' })).toBeVisible()
  await disconnect('Remove its data', 'Remove its data')
  await expect(desk.card(NORTH)).toBeHidden()
  await expect(desk.page.getByText(`${NORTH} is disconnected`).first()).toBeVisible()
  const orders = await readStore<ChannelOrder>(desk.page, 'caravel', 'orders')
  expect(orders.filter((order) => order.connectionId === id)).toEqual([])
  expect(await callHost(desk.page, 'connections.list', {})).toMatchObject({
    ok: true,
    value: { connections: [{ connectionId: (await desk.connection(SOUTH)).id }] },
  })
  expect(await readStore(desk.page, 'caravel', 'shipments')).toHaveLength(4)
  await desk.syncNow(SOUTH)
  await expect(desk.pill()).toHaveText('Online')
  expect((await desk.parts.peer.readOrder(last)).fulfillments).toEqual([])
})

describeShipBy(() => ({ page: desk.page, shop: SOUTH, database: 'caravel' }))
