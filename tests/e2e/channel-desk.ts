import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import {
  installVendurePeer,
  startVendurePeer,
  type SeededOrder,
  type VendurePeer,
} from '../peers/vendure/peer.ts'
import { openPage, panel, PASSPHRASE } from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

export const NORTH = 'North'
export const SOUTH = 'South'
export const SECOND_ADMIN = { user: 'second@example.com', password: 'second-password' }

interface StoredConnection {
  id: string
  name: string
  lastSuccessAt: number | null
}
export interface ChannelOrder {
  id: string
  number: string
  connectionId: string
}

interface Parts {
  peer: VendurePeer
  north: FaultProxy
  south: FaultProxy
  seeded: SeededOrder[]
  profile: string
}

/** A desk beside a real shop server that it reaches over two lines, each with an administrator of its own. */
export class ChannelDesk {
  /** Tracking numbers by order. */
  readonly labels = new Map<string, string>()
  #caravel: LaunchedApp

  private constructor(
    readonly parts: Parts,
    caravel: LaunchedApp,
  ) {
    this.#caravel = caravel
  }

  static async open(): Promise<ChannelDesk> {
    await installVendurePeer()
    const peer = await startVendurePeer()
    const { orders } = await peer.seed({ products: 4, orders: 5, orderSpec: { countries: ['JP', 'UA'] } })
    await addAdministrator(peer)
    const north = await startFaultProxy(peer.baseUrl)
    const south = await startFaultProxy(peer.baseUrl)
    const profile = await mkdtemp(path.join(tmpdir(), 'caravel-channels-'))
    const caravel = await launchApp({ userDataDir: profile })
    return new ChannelDesk({ peer, north, south, seeded: orders, profile }, caravel)
  }

  async close(): Promise<void> {
    const { peer, north, south, profile } = this.parts
    await this.#caravel.close()
    await Promise.all([north.stop(), south.stop()])
    await peer.stop()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }

  /** The app is killed and started again; its vault is opened. */
  async restart(): Promise<void> {
    await this.#caravel.kill()
    this.#caravel = await launchApp({ userDataDir: this.parts.profile })
    await this.field('Passphrase').fill(PASSPHRASE)
    await this.field('Passphrase').press('Enter')
    await expect(this.field('Passphrase')).toBeHidden({ timeout: 20_000 })
  }

  get page(): Page {
    return this.#caravel.page
  }

  code(index: number): string {
    return this.parts.seeded[index]?.code ?? ''
  }

  card(name: string): Locator {
    return this.page.getByRole('article', { name })
  }

  pill(): Locator {
    return this.page.getByTestId('connection-pill')
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  outboxRow(code: string): Locator {
    return this.page.getByRole('row').filter({ hasText: `Tell that ${code} was shipped` })
  }

  async connection(name: string): Promise<StoredConnection> {
    const all = await readStore<StoredConnection>(this.page, 'caravel', 'connections')
    const found = all.find((one) => one.name === name)
    if (!found) throw new Error(`${name} is not connected`)
    return found
  }

  async #ordersOf(name: string): Promise<ChannelOrder[]> {
    const { id } = await this.connection(name)
    const orders = await readStore<ChannelOrder>(this.page, 'caravel', 'orders')
    return orders.filter((order) => order.connectionId === id)
  }

  /** Numbers of the orders that a shop has brought here. */
  async numbersOf(name: string): Promise<string[]> {
    return (await this.#ordersOf(name)).map((order) => order.number)
  }

  /** Presses the shop's button and waits until a pull that began after it has gone well. */
  async syncNow(name: string): Promise<void> {
    await openPage(this.page, '/channels')
    const before = Date.now()
    await this.card(name).getByRole('button', { name: 'Sync now' }).click()
    await expect
      .poll(async () => (await this.connection(name)).lastSuccessAt ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(before)
  }

  async openOrderOf(name: string, code: string): Promise<void> {
    const order = (await this.#ordersOf(name)).find((one) => one.number === code)
    if (!order) throw new Error(`${name} has not brought ${code}`)
    await openPage(this.page, `/orders/all?order=${order.id}`)
    await expect(panel(this.page).getByRole('heading', { name: code }).first()).toBeVisible()
  }

  async fillForm(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value)
  }

  async handOverAt(name: string, code: string): Promise<void> {
    await this.openOrderOf(name, code)
    await this.page.getByTestId('hand-over').click()
    await expect(panel(this.page).getByText('Handed over').first()).toBeVisible()
  }

  async expectShippedOnce(code: string): Promise<void> {
    const { state, fulfillments } = await this.parts.peer.readOrder(code)
    expect({ state, sent: fulfillments.map((one) => [one.state, one.trackingCode]) }).toEqual({
      state: 'Shipped',
      sent: [['Shipped', this.labels.get(code)]],
    })
  }
}

async function addAdministrator(peer: VendurePeer): Promise<void> {
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
