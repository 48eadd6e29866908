import { describe, expect, it } from 'vitest'
import { readViewFile, writeViewFile, type SharedView } from '#core/contracts/view-file.ts'

const view: SharedView = {
  name: 'Late to Japan',
  query: {
    list: 'to_ship',
    text: 'mug',
    filters: { country: ['JP'], channel: ['c1', 'c2'], tag: [''] },
    days: { from: '2026-11-01', to: '2026-11-22' },
    sort: { by: 'total', descending: true },
  },
  columns: [
    { id: 'number', width: 120, pinned: true },
    { id: 'flags', hidden: true },
  ],
  density: 'compact',
}
const shops = [
  { id: 'c1', name: 'Harbour' },
  { id: 'c2', name: 'Lantern' },
]

describe('a view as a file', () => {
  it('comes back as it left', () => {
    expect(readViewFile(writeViewFile(view, shops), shops)).toEqual({
      ok: true,
      value: { view, unknownShops: [] },
    })
  })

  it('finds shops by their names on another desk, and says which are not there', () => {
    const opened = readViewFile(writeViewFile(view, shops), [{ id: 'x9', name: ' harbour' }])
    expect(opened).toMatchObject({ value: { unknownShops: ['Lantern'] } })
    expect(opened.ok && opened.value.view.query.filters).toEqual({
      country: ['JP'],
      tag: [''],
      channel: ['x9'],
    })
    const none = readViewFile(writeViewFile(view, []), [])
    expect(none).toMatchObject({ value: { unknownShops: ['c1', 'c2'] } })
    expect(none.ok && none.value.view.query.filters.channel).toBeUndefined()
  })

  it('names the field that does not fit', () => {
    const broken = (change: (file: { view: Record<string, unknown> }) => void) => {
      const file = JSON.parse(writeViewFile(view, shops)) as { view: Record<string, unknown> }
      change(file)
      return readViewFile(JSON.stringify(file), shops)
    }
    expect(broken((file) => (file.view['density'] = 'airy'))).toMatchObject({
      error: { code: 'malformed', reason: 'view-field', field: 'view.density' },
    })
    expect(
      broken((file) => (file.view['query'] = { ...view.query, days: { from: '2026-02-30', to: '' } })),
    ).toMatchObject({ error: { field: 'view.query.days.from' } })
    expect(broken((file) => Object.assign(file, { version: 2 }))).toMatchObject({
      error: { code: 'unsupported', reason: 'view-newer' },
    })
  })

  it('refuses what is no view', () => {
    for (const text of ['', '{', '[]', '{"format":"caravel.workspace","version":1}'])
      expect(readViewFile(text, shops)).toMatchObject({ error: { code: 'malformed', reason: 'view-file' } })
  })
})
