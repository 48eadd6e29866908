import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { loadShopifySchema } from '#tests/peers/shopify-schema/schema.ts'
import { specsFolder } from '#tests/contracts/specs-folder.ts'
import { loadContractJudge } from '#tests/peers/amazon-models/judge.ts'
import { AmazonRemote } from '#tests/simulation/connected/amazon-remote.ts'
import { DESK_ACTIONS } from '#tests/simulation/actions.ts'
import { ConnectedShop } from '#tests/simulation/connected/connected-shop.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import { ShopifyRemote } from '#tests/simulation/connected/shopify-remote.ts'
import { VendureRemote } from '#tests/simulation/connected/vendure-remote.ts'
import { LISTING_ACTIONS, repriceAll } from '#tests/simulation/listing-actions.ts'
import { STORY_SHOPS } from '#tests/simulation/simulate.ts'
import type { Setting, StoryDeps } from '#tests/simulation/story-shop.ts'

const AMAZON_MODELS = [
  ...(['orders_2026-01-01', 'ordersV0', 'sellers', 'listingsItems_2021-08-01'] as const),
  ...(['definitionsProductTypes_2020-09-01', 'feeds_2021-06-30'] as const),
]
/** Much is changed of few listings: what connectors write is what these stories are about. */
const ACTIONS = [...DESK_ACTIONS, ...Array.from({ length: 4 }, () => LISTING_ACTIONS).flat()]
const MINUTE = 60_000

/** By connector: two of its remotes, behind the real connector and the real runtime. */
const CONNECTED: Readonly<Record<string, () => Promise<Setting>>> = {
  vendure: () =>
    Promise.resolve({
      restMs: MINUTE,
      actions: ACTIONS,
      makeShops: connect((deps) => new VendureRemote(deps)),
    }),
  async shopify() {
    const schema = await loadShopifySchema(shopifyManifest.api.version)
    return { restMs: MINUTE, actions: ACTIONS, makeShops: connect((deps) => new ShopifyRemote(schema, deps)) }
  },
  // What Amazon shows ends two minutes before its clock, and it is not asked more often than every five.
  async amazon() {
    const judge = specsFolder === undefined ? () => [] : await loadContractJudge(AMAZON_MODELS)
    return {
      restMs: 6 * MINUTE,
      actions: [...ACTIONS, repriceAll, repriceAll],
      // Shops of the stories are small.
      batch: { least: 2, most: 4 },
      makeShops: connect((deps) => new AmazonRemote(judge, deps)),
    }
  },
}

export const CONNECTED_NAMES: readonly string[] = Object.keys(CONNECTED)

export function loadSetting(connector: string): Promise<Setting> {
  const load = CONNECTED[connector]
  if (load === undefined)
    throw new Error(`There are stories of ${CONNECTED_NAMES.join(', ')}, none of ${connector}.`)
  return load()
}

function connect(makeRemote: (deps: StoryDeps) => Remote): Setting['makeShops'] {
  return (deps) =>
    new Map(STORY_SHOPS.map((id: ConnectionId) => [id, new ConnectedShop(id, makeRemote(deps), deps)]))
}
