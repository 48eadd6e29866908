import type { DemoStir } from '#core/contracts/demo.ts'

/** Where a demo shop can be reached; lives in memory only. */
export interface DemoShopAccess {
  shop: string
  baseUrl: string
  username: string
  password: string
  /** Who is signed in there, for people. */
  accountName: string
}

/** What somebody at the shop does, see `demo.stir`. */
export type StirWish = Omit<DemoStir, 'shop'>

/** What main needs of the built-in shops, whoever provides them. */
export interface DemoShopsPort {
  /** Starts the named shops; calling it again gives the running ones. */
  start(shops: string[]): Promise<DemoShopAccess[]>
  /** Starts the demo's source of exchange rates, or gives the address of the running one. */
  startRates(): Promise<string>
  /** False: every connection is cut, as with a line that is down. */
  setLine(online: boolean): void
  /** Changes something at the shop with this address behind its API; false when there is no such thing there. */
  stir(baseUrl: string, wish: StirWish): Promise<boolean>
  stop(): Promise<void>
}

/** The connector that speaks to the shops. */
export const DEMO_CONNECTOR = 'vendure'
