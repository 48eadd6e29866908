import type { HsGoods } from '#core/customs/hs/goods.ts'

/** The everyday goods that come with this build; loaded when first searched. */
export async function loadHsGoods(): Promise<HsGoods> {
  const file = await import('../../../resources/hs-goods.json', { with: { type: 'json' } })
  return file.default
}
