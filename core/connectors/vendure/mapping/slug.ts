/**
 * The last part of a product page's address, which Vendure wants with every new translation. Letters and digits of any
 * script stay; Vendure folds case and accents itself and appends a number where another product has the same.
 */
export function slugOfTitle(title: string, productId: string): string {
  const slug = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)
  // A title of signs alone leaves nothing, and Vendure takes an empty slug without a word.
  return slug === '' ? `product-${productId}` : slug
}
