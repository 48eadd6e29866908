import { describe, expect, it } from 'vitest'
import {
  readInsightsAddress,
  toggleFilter,
  writeFilters,
} from '#renderer/features/insights/insights-route.ts'

const TODAY = '2026-11-22'

describe('the address of the page', () => {
  it('is thirty days of revenue while it says nothing, or nonsense', () => {
    const plain = {
      ...{ choice: '30d', period: { from: '2026-10-24', to: TODAY }, measure: 'revenue', filters: {} },
    }
    expect(readInsightsAddress({}, TODAY)).toEqual(plain)
    expect(readInsightsAddress({ period: 'x', days: 'x..y', measure: ['a'] }, TODAY)).toEqual(plain)
  })

  it('says days, measure and filters', () => {
    const query = { days: '2026-11-01..2026-11-03', measure: 'margin', country: 'DE,,JP', sku: 'A%2CB' }
    expect(readInsightsAddress(query, TODAY)).toEqual({
      ...{ choice: 'custom', period: { from: '2026-11-01', to: '2026-11-03' }, measure: 'margin' },
      filters: { country: ['DE', '', 'JP'], sku: ['A,B'] },
    })
  })

  it('comes back as it was written', () => {
    const filters = { channel: ['c1'], country: ['', 'DE'], sku: ['50%,off', '%2C'] }
    expect(readInsightsAddress(writeFilters(filters), TODAY).filters).toEqual(filters)
    expect(writeFilters({})).toEqual({ channel: undefined, country: undefined, sku: undefined })
  })

  it('a value is taken up once, and let go the second time', () => {
    const once = toggleFilter({ sku: ['A'] }, 'country', 'DE')
    expect(once).toEqual({ sku: ['A'], country: ['DE'] })
    expect(toggleFilter(once, 'country', 'DE')).toEqual({ sku: ['A'] })
  })
})
