import type { ConnectionId } from '#core/shared/ids.ts'
import { FRESH_DESK } from '#renderer/data/repos/settings.repo.ts'
import type { Connection } from '#renderer/data/records.ts'
import type { SettingRow } from '#renderer/data/setting-records.ts'
import type { SeedLocale } from './seed-products.ts'

/** Shops of a seeded workspace: paused, because nobody is behind their addresses. */
export interface SeedShop {
  id: ConnectionId
  name: string
  prefix: string
  currency: string
  /** Minor units of the currency for a euro cent. */
  perCent: number
  locale: SeedLocale
  weight: number
}

const shop = (id: string, rest: Omit<SeedShop, 'id'>): SeedShop => ({ id: id as ConnectionId, ...rest })

/** Currencies with two, none and three digits. */
// prettier-ignore
export const SEED_SHOPS: SeedShop[] = [
  shop('seed-shop-harbour', { name: 'Harbour & Heath', prefix: 'HH', currency: 'EUR', perCent: 1, locale: 'de', weight: 38 }),
  shop('seed-shop-kettle', { name: 'Kite & Kettle', prefix: 'KK', currency: 'USD', perCent: 1.1, locale: 'en', weight: 30 }),
  shop('seed-shop-minato', { name: 'Minato Goods', prefix: 'MG', currency: 'JPY', perCent: 1.6, locale: 'ja', weight: 18 }),
  shop('seed-shop-lantern', { name: '灯笼小铺', prefix: 'LT', currency: 'TWD', perCent: 35, locale: 'zh', weight: 9 }),
  shop('seed-shop-gulf', { name: 'Gulf Pebble', prefix: 'GP', currency: 'KWD', perCent: 3.4, locale: 'en', weight: 5 }),
]

export function seedConnections(createdAt: number): Connection[] {
  return SEED_SHOPS.map(({ id, name }) => ({
    ...{ id, name, connectorId: 'vendure', settings: { baseUrl: `https://${id}.invalid`, username: 'desk' } },
    ...{ pullEveryMs: 0, paused: true, checkpoint: null, pageToken: null },
    ...{
      lastPullAt: null,
      lastSuccessAt: null,
      lastIssue: null,
      needsSignIn: false,
      pulling: null,
      createdAt,
    },
  }))
}

export const SENDER_COUNTRY = 'DE'

export function seedSettings(): SettingRow[] {
  const sender = {
    ...FRESH_DESK.sender,
    ...{ name: 'Seeded desk', line1: 'Hafenstraße 1', city: 'Hamburg', postcode: '20095' },
    country: SENDER_COUNTRY,
  }
  return [{ key: 'desk', value: { ...FRESH_DESK, sender, signer: 'Seeded desk', workspace: 'own' } }]
}
