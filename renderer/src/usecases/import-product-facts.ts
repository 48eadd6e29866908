import { readFactsFile, type FactsLine, type FactsProblem } from '#core/catalog/read-facts-file.ts'
import { productsBySku } from '#renderer/data/repos/products.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { putProductFacts } from '#renderer/usecases/edit-product-facts.ts'

export interface FactsImport {
  /** Products that are not what they were. */
  changed: number
  /** Lines that said what was known. */
  same: number
  problems: FactsProblem[]
}

const PAGE = 500

/** Takes costs and barcodes from a file's text, line by line: what cannot be taken is named, the rest is. */
export async function importProductFacts(
  ctx: UseCaseContext,
  { text }: { text: string },
): Promise<FactsImport> {
  const { lines, problems } = readFactsFile(text)
  const done: FactsImport = { changed: 0, same: 0, problems }
  for (let at = 0; at < lines.length; at += PAGE) {
    const page = lines.slice(at, at + PAGE)
    const { changed, taken, unknown } = await takePage(ctx, page)
    done.changed += changed
    done.same += taken - changed
    done.problems.push(
      ...unknown.map(({ line, sku }) => ({ line, field: 'sku' as const, reason: 'sku-unknown', text: sku })),
    )
  }
  done.problems.sort((a, b) => a.line - b.line)
  return done
}

/** A SKU that neither an order nor a person has named is taken for a slip. */
function takePage(
  ctx: UseCaseContext,
  page: readonly FactsLine[],
): Promise<{ changed: number; taken: number; unknown: FactsLine[] }> {
  const stores = ['products', 'activity', 'settings'] as const
  return inUnit(ctx.db, { stores, durability: 'strict' }, async () => {
    const here = await productsBySku(
      ctx.db,
      page.map(({ sku }) => sku),
    )
    const edits = page.flatMap(({ line: _line, sku, ...facts }) => {
      const product = here.get(sku)
      return product === undefined ? [] : [{ product, facts }]
    })
    const changed = await putProductFacts(ctx, edits)
    return { changed, taken: edits.length, unknown: page.filter(({ sku }) => !here.has(sku)) }
  })
}
