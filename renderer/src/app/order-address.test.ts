import { describe, expect, it } from 'vitest'
import type { OrderQuery } from '#core/order/order-query.ts'
import { isPlain, readAddress, toggleValue, writeAddress } from '#renderer/app/order-address.ts'

const query: OrderQuery = {
  list: 'blocked',
  text: 'mug, blue',
  filters: { country: ['DE', 'JP'], tag: ['', 'a,b', '100%2C', '%'] },
  days: { from: '2026-11-01', to: '2026-11-22' },
  sort: { by: 'total', descending: true },
}

describe('the address of a list', () => {
  it('says all that the list shows', () => {
    expect(writeAddress(query)).toMatchObject({
      country: 'DE,JP',
      days: '2026-11-01..2026-11-22',
      sort: '-total',
      channel: undefined,
    })
    expect(readAddress('blocked', writeAddress(query))).toEqual(query)
  })

  it('does without what is no list, day or column', () => {
    const odd = { days: '2026-13-01..x', sort: 'buyerEmail', country: null, q: ['a'], tag: 'x,x' }
    expect(readAddress('nowhere', odd)).toEqual({
      ...{ list: 'to_ship', text: '', days: null },
      filters: { tag: ['x'] },
      sort: { by: 'queue', descending: false },
    })
    expect(readAddress('all', { days: '2026-11-22..2026-11-01' }).days).toBeNull()
  })

  it('knows a plain list', () => {
    expect(isPlain(readAddress('all', { view: 'x', order: 'y' }))).toBe(true)
    expect(isPlain(readAddress('all', { tag: '' }))).toBe(false)
    expect(isPlain(readAddress('all', { sort: '-queue' }))).toBe(false)
  })

  it('changes one choice of many', () => {
    const one = toggleValue({}, 'country', 'DE')
    expect(toggleValue(one, 'country', 'JP')).toEqual({ country: ['DE', 'JP'] })
    expect(toggleValue(one, 'country', 'DE')).toEqual({})
  })
})
