import type { Table } from 'dexie'

const AT_ONCE = 5000

/** The keys of a table in their order, a few thousand in memory at a time; null behind the last. */
export function readKeys(table: Table<unknown, string>): {
  next: () => string | null | Promise<string | null>
} {
  let page: string[] = []
  let at = 0
  let over = false
  const readPage = async (): Promise<string | null> => {
    const after = page.at(-1) ?? ''
    page = await table.where(':id').above(after).limit(AT_ONCE).primaryKeys()
    over = page.length < AT_ONCE
    at = 1
    return page[0] ?? null
  }
  return {
    next: () => {
      const key = page[at]
      if (key === undefined) return over ? null : readPage()
      at++
      return key
    },
  }
}
