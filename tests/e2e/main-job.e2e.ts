import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import {
  installVendurePeer,
  startVendurePeer,
  type SeededOrder,
  type VendurePeer,
} from '../peers/vendure/peer.ts'
import {
  completeCustoms,
  connectFirstShop,
  fillSender,
  handOver,
  importNumbers,
  makeLabel,
  openOrder,
  openPage,
  printLabel,
  unlockVault,
  type Facts,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

/**
 * The one thing the product exists for, on a real shop server: pull, work with the line cut, print, restart, and tell the
 * shop exactly once although the first answer is lost.
 */

const FACTS: Facts = {
  description: 'Ceramic mug, stoneware',
  hs6: '691200',
  origin: 'CN',
  unitNetGrams: '150',
}

/** What the outbox says when everything has been sent. */
const EMPTY_OUTBOX = (
  JSON.parse(readFileSync('locales/en/outbox.json', 'utf8')) as { empty: { title: string } }
).empty.title

let peer: VendurePeer
let proxy: FaultProxy
let orders: SeededOrder[]
let profile: string
let caravel: LaunchedApp

test.beforeAll(async () => {
  test.setTimeout(600_000)
  await installVendurePeer()
  peer = await startVendurePeer()
  const seeded = await peer.seed({ products: 6, orders: 12 })
  orders = seeded.orders
  proxy = await startFaultProxy(peer.baseUrl)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-job-'))
  caravel = await launchApp({ userDataDir: profile })
})

test.afterAll(async () => {
  await caravel.close()
  await proxy.stop()
  await peer.stop()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

test('orders pulled, worked offline, labels printed, the shop told exactly once', async () => {
  test.setTimeout(180_000)
  const chosen = ['UA', 'JP'].map(
    (country) => orders.find((order) => order.country === country) as SeededOrder,
  )
  expect(chosen.every(Boolean)).toBe(true)

  await test.step('connect and pull', async () => {
    const { page } = caravel
    await connectFirstShop(page, {
      baseUrl: proxy.baseUrl,
      username: peer.adminUser,
      password: peer.adminPassword,
    })
    await fillSender(page)
    await importNumbers(page, {
      service: 'Registered packet',
      from: makeS10('RR', 47312482, 'CN'),
      to: makeS10('RR', 47312581, 'CN'),
    })
    await openPage(page, '/orders/all')
    await expect(page.getByTestId('queue-all')).toContainText(String(orders.length), { timeout: 30_000 })
  })

  const tracking = new Map<string, string>()
  await test.step('cut the line; complete customs, label, print and hand over two orders', async () => {
    const { page } = caravel
    await proxy.cut()
    await openPage(page, '/channels')
    await page.getByRole('button', { name: 'Sync now' }).first().click()
    await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
    for (const order of chosen) {
      await openOrder(page, order.code)
      await completeCustoms(page, () => FACTS)
      tracking.set(order.code, await makeLabel(page, 900))
      await printLabel(page)
      await handOver(page)
    }
    expect(new Set(tracking.values()).size).toBe(2)
    await expect(page.getByTestId('connection-pill')).toContainText('2 changes waiting')
  })

  await test.step('restart offline: everything is there', async () => {
    await caravel.kill()
    caravel = await launchApp({ userDataDir: profile })
    const { page } = caravel
    await unlockVault(page)
    await expect(page.getByTestId('queue-handed_over')).toContainText('2')
    for (const order of chosen) {
      await openOrder(page, order.code)
      await expect(page.getByTestId('tracking-number')).toContainText(
        (tracking.get(order.code) ?? '').slice(-2),
      )
      await printLabel(page)
    }
    await openPage(page, '/outbox')
    for (const order of chosen) await expect(page.getByText(order.code).first()).toBeVisible()
  })

  await test.step('heal with the first answer lost after the commit', async () => {
    const { page } = caravel
    const lost = proxy.plan({
      match: (request) => request.operation === 'AddFulfillment',
      times: 1,
      fault: { kind: 'drop-answer' },
    })
    await proxy.heal()
    await openPage(page, '/channels')
    await page.getByRole('button', { name: 'Sync now' }).first().click()
    await expect(page.getByTestId('connection-pill')).toHaveText(/Online/, { timeout: 90_000 })
    await expect(page.getByTestId('connection-pill')).not.toContainText('waiting', { timeout: 90_000 })
    expect(lost.hits()).toBe(1)
  })

  await test.step('each order is Shipped on the server, once, with its number', async () => {
    const { page } = caravel
    for (const order of chosen) {
      const remote = await peer.readOrder(order.code)
      expect(remote.state).toBe('Shipped')
      expect(remote.fulfillments.map(({ state, trackingCode }) => ({ state, trackingCode }))).toEqual([
        { state: 'Shipped', trackingCode: tracking.get(order.code) },
      ])
    }
    expect(proxy.effects('AddFulfillment')).toBe(2)
    await openPage(page, '/outbox')
    await expect(page.getByText(EMPTY_OUTBOX)).toBeVisible()
    await openPage(page, '/orders/shipped')
    for (const order of chosen)
      await expect(page.getByRole('row').filter({ hasText: order.code })).toBeVisible()
  })

  await test.step('the labels can be read by a machine and by a person', async () => {
    const folder = path.join(profile, 'labels')
    const files = (await readdir(folder)).filter((name) => name.endsWith('.pdf'))
    // Two labels, each printed twice: a reprint is the same paper.
    expect(files).toHaveLength(4)
    for (const order of chosen) {
      const number = tracking.get(order.code) ?? ''
      const own = files.filter((name) => name.startsWith(number))
      expect(own).toHaveLength(2)
      for (const name of own) expectReadable(path.join(folder, name), order, number)
    }
  })
})

function expectReadable(file: string, order: SeededOrder, number: string): void {
  const raster = `${file}.raster`
  execFileSync('pdftoppm', ['-r', '203', '-mono', '-singlefile', file, raster])
  expect(execFileSync('zbarimg', ['-q', '--raw', `${raster}.pbm`], { encoding: 'utf8' }).trim()).toBe(number)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  expect(text).toContain('CN 22')
  expect(text).toContain('691200')
  expect(text).toContain(order.country === 'UA' ? 'UKRAINE' : 'JAPAN')
  expect(text.replaceAll(/\s/g, '')).toContain(order.buyer.address.fullName.replaceAll(/\s/g, ''))
  expect(text).toContain(order.code)
}
