import type { OrderLine, RemoteOrderLine } from '#core/order/order.ts'

/**
 * The remote's lines, each with the customs override of the line it was before. Matched by remoteLineId (by
 * SKU when the remote sends none); of lines with the same key the first goes with the first. An override
 * stays with its goods: a line that now sells another SKU loses it. No lines at all is a shrunken page, not
 * an order without goods: ours stay.
 */
export function mergeLines(existing: readonly OrderLine[], remote: readonly RemoteOrderLine[]): OrderLine[] {
  if (remote.length === 0) return [...existing]
  const before = new Map<string, OrderLine[]>()
  for (const line of existing) before.set(keyOf(line), [...(before.get(keyOf(line)) ?? []), line])
  return remote.map((line) => {
    const match = before.get(keyOf(line))?.shift()
    const { remoteLineId, sku, title, quantity, unitPrice, discount, tax } = line
    return {
      remoteLineId,
      sku,
      title,
      quantity,
      unitPrice,
      ...(discount === undefined ? {} : { discount }),
      ...(tax === undefined ? {} : { tax }),
      customs: match?.sku === sku ? match.customs : null,
    }
  })
}

function keyOf({ remoteLineId, sku }: RemoteOrderLine): string {
  return remoteLineId === '' ? `sku:${sku}` : `id:${remoteLineId}`
}
