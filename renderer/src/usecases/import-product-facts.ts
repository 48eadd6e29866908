import { contentsText } from '#core/catalog/contents.ts'
import {
  LONGEST_TEXT,
  readFactsFile,
  type FactsLine,
  type FactsProblem,
} from '#core/catalog/read-facts-file.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { productsBySku } from '#renderer/data/repos/products.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { editProductContents } from '#renderer/usecases/edit-product-contents.ts'
import { putProductFacts } from '#renderer/usecases/edit-product-facts.ts'

export interface FactsImport {
  /** Products that are not what they were. */
  changed: number
  /** Lines that said what was known. */
  same: number
  problems: FactsProblem[]
}

const PAGE = 500

/** Takes costs, barcodes, bins and contents from a file's text, line by line: what cannot be taken is named, the rest is. */
export async function importProductFacts(
  ctx: UseCaseContext,
  { text }: { text: string },
): Promise<FactsImport> {
  const { lines, problems } = readFactsFile(text)
  const done: FactsImport = { changed: 0, same: 0, problems }
  for (let at = 0; at < lines.length; at += PAGE) {
    const { changed, taken, left } = await takePage(ctx, lines.slice(at, at + PAGE))
    done.changed += changed
    done.same += taken - changed
    done.problems.push(...left)
  }
  done.problems.sort((a, b) => a.line - b.line)
  return done
}

interface TakenPage {
  changed: number
  taken: number
  left: FactsProblem[]
}

/** A SKU that neither an order nor a person has named is taken for a slip. Of a line whose contents are refused nothing is taken. */
async function takePage(ctx: UseCaseContext, page: readonly FactsLine[]): Promise<TakenPage> {
  const here = await productsBySku(
    ctx.db,
    page.map(({ sku }) => sku),
  )
  const left: FactsProblem[] = page
    .filter(({ sku }) => !here.has(sku))
    .map(({ line, sku }) => ({ line, field: 'sku' as const, reason: 'sku-unknown', text: sku }))
  const lines: FactsLine[] = []
  const changed = new Set<string>()
  for (const each of page.filter(({ sku }) => here.has(sku))) {
    const refused = await takeContents(ctx, each, changed)
    if (refused === null) lines.push(each)
    else left.push(refused)
  }
  for (const sku of await takeFacts(ctx, lines)) changed.add(sku)
  return { changed: changed.size, taken: lines.length, left }
}

/** Each bundle in a transaction of its own, with the orders that it is in. */
async function takeContents(
  ctx: UseCaseContext,
  { line, sku, contains }: FactsLine,
  changed: Set<string>,
): Promise<FactsProblem | null> {
  if (contains === undefined) return null
  const edited = await editProductContents(ctx, { sku, contains })
  if (!edited.ok) {
    const { reason = edited.error.code } = edited.error
    return { line, field: 'contains', reason, text: contentsText(contains).slice(0, LONGEST_TEXT) }
  }
  if (!sameJson(edited.value.before, edited.value.after)) changed.add(sku)
  return null
}

function takeFacts(ctx: UseCaseContext, lines: readonly FactsLine[]): Promise<string[]> {
  const stores = ['products', 'activity', 'settings'] as const
  return inUnit(ctx.db, { stores, durability: 'strict' }, async () => {
    const here = await productsBySku(
      ctx.db,
      lines.map(({ sku }) => sku),
    )
    const edits = lines.flatMap(({ line: _line, contains: _contains, sku, ...facts }) => {
      const product = here.get(sku)
      return product === undefined ? [] : [{ product, facts }]
    })
    return putProductFacts(ctx, edits)
  })
}
