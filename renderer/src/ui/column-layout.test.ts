import { describe, expect, it } from 'vitest'
import {
  arrangeColumns,
  changeColumn,
  completeLayout,
  leastWidth,
  leftEdges,
  moveColumn,
} from '#renderer/ui/column-layout.ts'
import type { TableColumn } from '#renderer/ui/data-table.ts'

const column = (id: string, optional = false): TableColumn => ({
  id,
  title: id,
  width: 'minmax(80px, 1fr)',
  ...(optional ? { optional } : {}),
})
const all = [column('a'), column('b'), column('tags', true), column('c')]
const ids = (columns: readonly { id: string }[]) => columns.map(({ id }) => id)

describe('columns as a person arranged them', () => {
  it('are the list’s own while nothing was arranged', () => {
    expect(ids(arrangeColumns(all, []))).toEqual(['a', 'b', 'c'])
  })

  it('keep their place, width and pin; a column of a later version finds its neighbour', () => {
    const layout = [{ id: 'c', width: 120 }, { id: 'a', pinned: true }, { id: 'gone' }, { id: 'c' }]
    expect(ids(completeLayout(all, layout))).toEqual(['c', 'a', 'b', 'tags'])
    const shown = arrangeColumns(all, layout)
    expect(ids(shown)).toEqual(['a', 'c', 'b'])
    expect(shown[1]?.width).toBe('120px')
  })

  it('move to another’s place in both directions, hide and come back', () => {
    const layout = completeLayout(all, [])
    expect(ids(moveColumn(layout, 'a', 'c'))).toEqual(['b', 'tags', 'c', 'a'])
    expect(ids(moveColumn(layout, 'c', 'a'))).toEqual(['c', 'a', 'b', 'tags'])
    expect(ids(moveColumn(layout, 'a', 'nowhere'))).toEqual(ids(layout))
    const hidden = changeColumn(changeColumn(layout, 'a', { hidden: true }), 'tags', { hidden: false })
    expect(ids(arrangeColumns(all, hidden))).toEqual(['b', 'tags', 'c'])
  })

  it('need so much room, and stand at these edges', () => {
    expect(leastWidth(['32px', 'minmax(80px, 1fr)', '44px'], 10)).toBe(176)
    expect(leftEdges('32px 108.5px 90px', 3, 10)).toEqual([0, 42, 160.5])
  })
})
