import type { OrderFacts, RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'

/** What orders with these SKUs are judged against. */
export async function loadFacts(
  db: CaravelDatabase,
  skus: Iterable<string>,
  rules: RuleTables,
  now: number,
): Promise<OrderFacts> {
  const [{ sender, customs }, products] = await Promise.all([loadDesk(db), productsWithParts(db, skus)])
  return {
    products,
    senderCountry: sender.country,
    rules,
    account: customs.defaults ?? null,
    parcel: customs.parcel,
    today: localDay(now),
  }
}

/** The ISO day on this desk's calendar. */
export function localDay(at: number): string {
  const day = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
