import type { Money } from '#core/money/money.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** What the seller knows of one piece besides customs facts. */
export interface ProductFacts {
  /** What it costs the seller; null while unknown, which is not 0. */
  cost: Money | null
  /** As scanned, each once. */
  barcodes: string[]
  /** Shelf or bin, '' for none; absent leaves it as it is. */
  bin?: string | undefined
}

const MOST_BARCODES = 20
/** What a column of a pick list holds. */
const LONGEST_BIN = 24
/** Digits and letters of EAN, UPC, ISBN, GTIN-14 and of the house's own Code 128 labels. */
const BARCODE = /^[0-9A-Za-z][0-9A-Za-z\-./+$% ]{2,59}$/

/** Checks what a person typed. Issues: `invalid-input.cost-negative` (field cost), `barcode-invalid`, `barcodes-too-many` (field barcodes), `bin-too-long` (field bin). */
export function checkFacts({ cost, barcodes, bin }: ProductFacts): Result<ProductFacts> {
  if (cost !== null && cost.minor < 0)
    return err(issue('invalid-input', { reason: 'cost-negative', field: 'cost' }))
  if (barcodes.some((code) => !BARCODE.test(code)))
    return err(issue('invalid-input', { reason: 'barcode-invalid', field: 'barcodes' }))
  const known = [...new Set(barcodes)]
  if (known.length > MOST_BARCODES)
    return err(issue('invalid-input', { reason: 'barcodes-too-many', field: 'barcodes' }))
  const shelf = bin?.normalize('NFC').trim()
  if (shelf !== undefined && Array.from(shelf).length > LONGEST_BIN)
    return err(issue('invalid-input', { reason: 'bin-too-long', field: 'bin' }))
  return ok({ cost, barcodes: known, ...(shelf === undefined ? {} : { bin: shelf }) })
}

/** Barcodes as typed or from a cell: between commas, semicolons, bars or line ends. */
export function splitBarcodes(text: string): string[] {
  return text
    .split(/[,;|\r\n]+/)
    .map((code) => code.normalize('NFKC').trim())
    .filter((code) => code !== '')
}
