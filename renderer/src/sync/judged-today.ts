import type { OrderId } from '#core/shared/ids.ts'

/**
 * The orders whose verdict (`blocked`) was looked at today. What people change is judged at once (usecases/change-order.ts); only the
 * dated rules move by themselves, so a pull judges an order that did not change once a day, and after each start of the app.
 */
export class JudgedToday {
  #day = ''
  #ids = new Set<OrderId>()

  /** `day` is an ISO day. */
  on(day: string): ReadonlySet<OrderId> {
    return day === this.#day ? this.#ids : new Set()
  }

  /** To be called when what was found is committed. */
  note(ids: Iterable<OrderId>, day: string): void {
    if (day !== this.#day) this.#ids = new Set()
    this.#day = day
    for (const id of ids) this.#ids.add(id)
  }
}
