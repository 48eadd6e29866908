import type { TextTerm } from '#core/order/search-terms.ts'

/** What could be a barcode of a product (core/catalog/product-facts.ts), folded. */
const BARCODE = /^[0-9a-z][0-9a-z\-./+$% ]{2,59}$/
const EAN_13 = 13

/**
 * The codes under which a typed one may be kept: as typed, in capitals, without the hyphens of an ISBN, and UPC-A with and without the zero
 * that makes it an EAN. None when it cannot be a barcode.
 */
export function barcodesOf({ text, field }: TextTerm): string[] {
  if ((field !== null && field !== 'sku') || !BARCODE.test(text)) return []
  const codes = [text, text.toUpperCase()]
  const digits = text.replaceAll('-', '')
  if (/^\d+$/.test(digits)) {
    codes.push(digits)
    if (digits.length === EAN_13 - 1) codes.push(`0${digits}`)
    if (digits.length === EAN_13 && digits.startsWith('0')) codes.push(digits.slice(1))
  }
  return [...new Set(codes)]
}

/** The terms, each with the SKUs whose barcode it is. */
export function withBarcodes(
  terms: readonly TextTerm[],
  skusByCode: ReadonlyMap<string, readonly string[]>,
): TextTerm[] {
  return terms.map((term) => {
    const skus = barcodesOf(term).flatMap((code) => skusByCode.get(code) ?? [])
    return skus.length === 0 ? term : { ...term, skus: [...new Set(skus)] }
  })
}
