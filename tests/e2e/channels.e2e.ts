import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { makeS10 } from '#core/shipping/s10.ts'
import {
  installVendurePeer,
  startVendurePeer,
  type SeededOrder,
  type VendurePeer,
} from '../peers/vendure/peer.ts'
import { callHost } from '#tests/security/pages.ts'
import {
  completeCustoms,
  fillSender,
  importNumbers,
  makeLabel,
  openPage,
  panel,
  PASSPHRASE,
  type Facts,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy, type ProxyRequest } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
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
const NORTH = 'North'
const SOUTH = 'South'
const SECOND_ADMIN = { user: 'second@example.com', password: 'second-password' }

test.describe.configure({ mode: 'serial' })

let peer: VendurePeer
let north: FaultProxy
let south: FaultProxy
let seeded: SeededOrder[]
let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(600_000)
  await installVendurePeer()
  peer = await startVendurePeer()
  seeded = (await peer.seed({ products: 4, orders: 5, orderSpec: { countries: ['JP', 'UA'] } })).orders
  await addAdministrator()
  north = await startFaultProxy(peer.baseUrl)
  south = await startFaultProxy(peer.baseUrl)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-channels-'))
  caravel = await launchApp({ userDataDir: profile })
  page = caravel.page
})

test.afterAll(async () => {
  await caravel.close()
  await Promise.all([north.stop(), south.stop()])
  await peer.stop()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

async function addAdministrator(): Promise<void> {
  const { roles } = await peer.admin<{ roles: { items: { id: string; code: string }[] } }>(
    '{ roles { items { id code } } }',
  )
  const role = roles.items.find((one) => one.code.includes('super'))
  await peer.admin(
    'mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { id } }',
    {
      input: {
        firstName: 'Second',
        lastName: 'Desk',
        emailAddress: SECOND_ADMIN.user,
        password: SECOND_ADMIN.password,
        roleIds: [role?.id],
      },
    },
  )
}

const card = (name: string) => page.getByRole('article', { name })
const pill = () => page.getByTestId('connection-pill')
const field = (label: string) => page.getByLabel(label, { exact: true })
const called = (operation: string) => (request: ProxyRequest) => request.operation === operation

interface StoredConnection {
  id: string
  name: string
  lastSuccessAt: number | null
}
interface StoredOrder {
  id: string
  number: string
  connectionId: string
}

async function connection(name: string): Promise<StoredConnection> {
  const found = (await readStore<StoredConnection>(page, 'caravel', 'connections')).find(
    (one) => one.name === name,
  )
  if (!found) throw new Error(`${name} is not connected`)
  return found
}

/** Numbers of the orders that a shop has brought here. */
async function numbersOf(name: string): Promise<string[]> {
  const { id } = await connection(name)
  const orders = await readStore<StoredOrder>(page, 'caravel', 'orders')
  return orders.filter((order) => order.connectionId === id).map((order) => order.number)
}

/** Presses the shop's button and waits until a pull that began after it has gone well. */
async function syncNow(name: string): Promise<void> {
  await openPage(page, '/channels')
  const before = Date.now()
  await card(name).getByRole('button', { name: 'Sync now' }).click()
  await expect
    .poll(async () => (await connection(name)).lastSuccessAt ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(before)
}

async function openOrderOf(name: string, code: string): Promise<void> {
  const { id } = await connection(name)
  const orders = await readStore<StoredOrder>(page, 'caravel', 'orders')
  const order = orders.find((one) => one.connectionId === id && one.number === code)
  if (!order) throw new Error(`${name} has not brought ${code}`)
  await openPage(page, `/orders/all?order=${order.id}`)
  await expect(panel(page).getByRole('heading', { name: code }).first()).toBeVisible()
}

async function fillConnectForm(values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(label).fill(value)
}

async function handOverAt(name: string, code: string): Promise<void> {
  await openOrderOf(name, code)
  await page.getByTestId('hand-over').click()
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
}

const outboxRow = (code: string) => page.getByRole('row').filter({ hasText: `Tell that ${code} was shipped` })

async function expectShippedOnce(code: string): Promise<void> {
  const { state, fulfillments } = await peer.readOrder(code)
  expect({ state, sent: fulfillments.map((one) => [one.state, one.trackingCode]) }).toEqual({
    state: 'Shipped',
    sent: [['Shipped', labels.get(code)]],
  })
}

const labels = new Map<string, string>()
const code = (index: number) => seeded[index]?.code ?? ''

test('a wrong password and wrong addresses are explained where they stand, and nothing is kept', async () => {
  await page.getByRole('button', { name: 'Connect a shop' }).click()
  await fillConnectForm({
    'Name on this desk': NORTH,
    'Address of the shop': north.baseUrl,
    User: peer.adminUser,
    Password: 'not-the-password',
  })
  await page.getByRole('button', { name: 'Test and connect' }).click()
  const again = page.getByLabel('Once more')
  const refused = page.getByRole('alert').first()
  await expect(again.or(refused)).toBeVisible({ timeout: 20_000 })
  if (await again.isVisible()) {
    await field('Passphrase').fill(PASSPHRASE)
    await again.fill(PASSPHRASE)
    await again.press('Enter')
  }
  await expect(field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
    timeout: 20_000,
  })
  await expect(field('Password')).toHaveAttribute('aria-invalid', 'true')
  await expect(field('Password')).toBeFocused()

  const closed = await startFaultProxy(peer.baseUrl)
  await closed.stop()
  const wrong = [
    ['shop', /web address|address of a shop/],
    [closed.baseUrl, /cannot be reached right now/],
    [`${north.baseUrl}/nothing-here`, /no admin API at this address/],
  ] as const
  for (const [address, words] of wrong) {
    await field('Address of the shop').fill(address)
    await page.getByRole('button', { name: 'Test and connect' }).click()
    await expect(field('Address of the shop')).toHaveAccessibleDescription(words, { timeout: 20_000 })
    await expect(field('Address of the shop')).toBeFocused()
  }
  expect(await readStore(page, 'caravel', 'connections')).toEqual([])
  expect(await callHost(page, 'connections.list', {})).toEqual({ ok: true, value: { connections: [] } })
})

test('connected: pulled at once, and again on request', async () => {
  await fillConnectForm({ 'Address of the shop': north.baseUrl, Password: peer.adminPassword })
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
  await expect(card(NORTH).getByText('Up to date')).toBeVisible({ timeout: 20_000 })
  await expect(card(NORTH)).not.toContainText('never')
  expect((await numbersOf(NORTH)).sort()).toEqual(seeded.map((order) => order.code).sort())

  const [late] = await peer.seedOrders(1, { countries: ['JP'] })
  await syncNow(NORTH)
  expect(await numbersOf(NORTH)).toContain(late?.code)

  await page.getByRole('button', { name: 'Connect a shop' }).click()
  await fillConnectForm({
    'Name on this desk': SOUTH,
    'Address of the shop': south.baseUrl,
    User: SECOND_ADMIN.user,
    Password: SECOND_ADMIN.password,
  })
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(card(SOUTH).getByText('Up to date')).toBeVisible({ timeout: 20_000 })
  expect((await numbersOf(SOUTH)).length).toBe(seeded.length + 1)
})

test('labels for what follows', async () => {
  await fillSender(page)
  const [from, to] = [makeS10('RR', 47312482, 'CN'), makeS10('RR', 47312581, 'CN')]
  await importNumbers(page, { service: 'Registered packet', from, to })
  for (const each of [0, 1, 2, 3].map(code)) {
    await openOrderOf(NORTH, each)
    await completeCustoms(page, () => FACTS)
    labels.set(each, await makeLabel(page, 900))
  }
  expect(new Set(labels.values()).size).toBe(4)
})

test('signed out for good: the shop asks, its change waits, the other shop goes on', async () => {
  const first = code(0)
  await peer.changePassword('a-new-password')
  await peer.expireSessions()
  await handOverAt(NORTH, first)
  await expect(pill()).toContainText(`${NORTH} asks you to sign in`, { timeout: 20_000 })
  await openPage(page, '/outbox')
  await expect(outboxRow(first)).toContainText('Waits for sign-in')
  await openPage(page, '/channels')
  await expect(card(NORTH).getByText('Sign in again').first()).toBeVisible()
  await expect(card(NORTH)).toContainText('User or password is wrong')
  await expect(card(NORTH)).toContainText('1 change')

  const [fresh] = await peer.seedOrders(1, { countries: ['UA'] })
  await syncNow(SOUTH)
  expect(await numbersOf(SOUTH)).toContain(fresh?.code)
  expect(await numbersOf(NORTH)).not.toContain(fresh?.code)
  await expect(card(SOUTH).getByText('Up to date')).toBeVisible()
  expect((await peer.readOrder(first)).fulfillments).toEqual([])

  // The change is still there after a restart.
  await caravel.kill()
  caravel = await launchApp({ userDataDir: profile })
  page = caravel.page
  await field('Passphrase').fill(PASSPHRASE)
  await field('Passphrase').press('Enter')
  await expect(field('Passphrase')).toBeHidden({ timeout: 20_000 })
  await openPage(page, '/outbox')
  await expect(outboxRow(first)).toContainText('Waits for sign-in')
})

test('signed in again: what waited leaves, once', async () => {
  const first = code(0)
  await openPage(page, '/channels')
  await card(NORTH).getByRole('button', { name: 'Sign in again' }).click()
  await expect(field('Password')).toBeFocused()
  await field('Password').fill('still-not-it')
  await page.getByRole('button', { name: 'Test and sign in' }).click()
  await expect(field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
    timeout: 20_000,
  })
  await field('Password').fill(peer.adminPassword)
  await page.getByRole('button', { name: 'Test and sign in' }).click()
  await expect(page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
  await expect(pill()).toHaveText('Online', { timeout: 30_000 })
  await expect.poll(() => readStore(page, 'caravel', 'outbox')).toEqual([])
  await expectShippedOnce(first)
  expect(north.effects('AddFulfillment')).toBe(1)
})

test('a wrong new password does not replace the one that works', async () => {
  await openPage(page, '/channels')
  await card(NORTH).getByRole('button', { name: 'Change sign-in' }).click()
  await field('Password').fill('a-typing-error')
  await page.getByRole('button', { name: 'Test and sign in' }).click()
  await expect(field('Password')).toHaveAccessibleDescription(/User or password is wrong/, {
    timeout: 20_000,
  })
  await page.getByRole('complementary').getByRole('button', { name: 'Cancel' }).click()
  // Its session is gone, so the next call has to sign in with what is kept.
  await peer.expireSessions()
  await syncNow(NORTH)
  await expect(card(NORTH).getByText('Up to date')).toBeVisible()
})

test('told to slow down, or answered with an error: waits in words, and heals by itself', async () => {
  test.setTimeout(90_000)
  const faults = [
    [code(1), { kind: 'status', status: 429, retryAfter: 2 }, /asks for a pause/],
    [code(2), { kind: 'status', status: 500 }, /reports an error|Nobody knows yet/],
  ] as const
  for (const [order, fault, words] of faults) {
    const planned = north.plan({ match: called('AddFulfillment'), times: Infinity, fault })
    await handOverAt(NORTH, order)
    await openPage(page, '/outbox')
    await expect(outboxRow(order)).toContainText('Waits to retry', { timeout: 20_000 })
    await expect(outboxRow(order)).toContainText(words)
    await expect(pill()).toContainText('1 change waiting')
    expect((await peer.readOrder(order)).fulfillments).toEqual([])
    expect(planned.hits()).toBeGreaterThan(0)
    planned.cancel()
    await expect(outboxRow(order)).toBeHidden({ timeout: 40_000 })
    await expectShippedOnce(order)
  }
  expect(north.effects('AddFulfillment')).toBe(3)
  await expect(pill()).toHaveText('Online')
})

test('half a page fails the pull and is pulled again; one odd order is set aside and the others are stored', async () => {
  const cut = north.plan({
    match: called('PullOrders'),
    times: Infinity,
    fault: { kind: 'truncate', end: 'clean' },
  })
  await openPage(page, '/channels')
  await card(NORTH).getByRole('button', { name: 'Sync now' }).click()
  await expect(card(NORTH).getByText('Last pull failed')).toBeVisible({ timeout: 20_000 })
  await expect(card(NORTH)).toContainText('could not be read')
  cut.cancel()

  const [odd, whole] = await peer.seedOrders(2, { countries: ['JP', 'UA'] })
  const altered = north.plan({
    match: (request) => /^(Pull|Read)Orders$/.test(request.operation ?? ''),
    times: Infinity,
    fault: { kind: 'alter', change: (body) => breakOrder(body, odd?.code ?? '') },
  })
  await syncNow(NORTH)
  await expect(card(NORTH)).toContainText('1 order could not be read')
  const stored = await numbersOf(NORTH)
  expect(stored).toContain(whole?.code)
  expect(stored).not.toContain(odd?.code)
  await card(NORTH).getByRole('link', { name: '1 order could not be read' }).click()
  await expect(page.getByRole('grid').getByRole('row').last()).toContainText('currencyCode')
  await openPage(page, '/channels')

  altered.cancel()
  await syncNow(NORTH)
  await expect(card(NORTH)).not.toContainText('could not be read')
  expect(await numbersOf(NORTH)).toContain(odd?.code)
})

/** The answer with one order in a currency that does not exist. */
function breakOrder(body: string, number: string): string {
  const answer = JSON.parse(body) as { data?: { orders?: { items?: Record<string, unknown>[] } } }
  for (const item of answer.data?.orders?.items ?? [])
    if (item['code'] === number) item['currencyCode'] = 'NOPE'
  return JSON.stringify(answer)
}

test('a shop with unsent changes stays connected; without them it goes, and the other stays', async () => {
  const last = code(3)
  await north.cut()
  await handOverAt(NORTH, last)
  await openPage(page, '/channels')
  const disconnect = async (): Promise<void> => {
    await card(NORTH).getByRole('button', { name: 'Disconnect' }).click()
    const question = card(NORTH).getByRole('group', { name: 'Its orders leave this machine' })
    await question.getByRole('button', { name: 'Disconnect' }).click()
  }
  await disconnect()
  await expect(page.getByText('Some changes have not reached the shop').first()).toBeVisible()
  expect(await numbersOf(NORTH)).toContain(last)

  await openPage(page, '/outbox')
  await outboxRow(last).click()
  await page.getByRole('complementary').getByRole('button', { name: 'Drop' }).click()
  await expect(outboxRow(last)).toBeHidden()
  const { id } = await connection(NORTH)
  await openPage(page, '/channels')
  await disconnect()
  await expect(card(NORTH)).toBeHidden()
  await expect(page.getByText(`${NORTH} is disconnected`).first()).toBeVisible()
  const orders = await readStore<StoredOrder>(page, 'caravel', 'orders')
  expect(orders.filter((order) => order.connectionId === id)).toEqual([])
  expect(await callHost(page, 'connections.list', {})).toMatchObject({
    ok: true,
    value: { connections: [{ connectionId: (await connection(SOUTH)).id }] },
  })
  expect(await readStore(page, 'caravel', 'shipments')).toHaveLength(4)
  await syncNow(SOUTH)
  await expect(pill()).toHaveText('Online')
  expect((await peer.readOrder(last)).fulfillments).toEqual([])
})
