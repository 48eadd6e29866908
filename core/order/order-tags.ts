import { foldText } from '#core/shared/fold-text.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import type { Order } from '#core/order/order.ts'

export const LONGEST_TAG = 60
export const MOST_TAGS = 50

/** A tag as it is kept. Issues: `invalid-input.tag-empty`, `invalid-input.tag-too-long`. */
export function parseTag(text: string): Result<string> {
  const tag = text.trim().replace(/\s+/g, ' ')
  if (tag === '') return err(issue('invalid-input', { reason: 'tag-empty', field: 'tag' }))
  return tag.length > LONGEST_TAG
    ? err(issue('invalid-input', { reason: 'tag-too-long', field: 'tag' }))
    : ok(tag)
}

/** The tag under which an order has this one, whatever its case and accents; undefined when it has none such. */
export function findTag({ tags = [] }: Pick<Order, 'tags'>, tag: string): string | undefined {
  const folded = foldText(tag)
  return tags.find((each) => foldText(each) === folded)
}

/** With a tag more; the same object when it is there. Issues: `invalid-input.too-many-tags`. */
export function addTag(order: Order, tag: string): Result<Order> {
  if (findTag(order, tag) !== undefined) return ok(order)
  const tags = [...(order.tags ?? []), tag]
  return tags.length > MOST_TAGS
    ? err(issue('invalid-input', { reason: 'too-many-tags', field: 'tags' }))
    : ok({ ...order, tags })
}

/** Without a tag; the same object when it is not there. */
export function removeTag(order: Order, tag: string): Order {
  const found = findTag(order, tag)
  return found === undefined ? order : withTags(order, order.tags?.filter((each) => each !== found) ?? [])
}

/** With these tags and no others. */
export function withTags(order: Order, tags: readonly string[]): Order {
  return tags.length === 0 ? without(order, 'tags') : { ...order, tags: [...tags] }
}
