import { foldText } from '#core/shared/fold-text.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { Criterion } from '#renderer/data/order-index/criteria.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import type { Part, TextSearch } from '#renderer/data/order-index/text-search.ts'

/** Every order's text as it is, looked through from end to end. */
export class HeldTexts implements TextSearch {
  readonly #texts: string[] = []

  set(ordinal: number, row: OrderRow): void {
    this.#texts[ordinal] = row.searchText
  }

  remove(ordinal: number): void {
    this.#texts[ordinal] = ''
  }

  criteria(_columns: ColumnsReader, text: string): Criterion[] {
    const words = foldText(text).split(' ')
    return [
      {
        facet: null,
        test: (ordinal) => words.every((word) => this.#texts[ordinal]?.includes(word) === true),
      },
    ]
  }

  parts(): Part[] {
    const texts = this.#texts.map((text) => text ?? '')
    return [{ name: 'words', fixed: false, bytes: () => new TextEncoder().encode(JSON.stringify(texts)) }]
  }

  static read(parts: ReadonlyMap<string, Uint8Array>): HeldTexts | null {
    const bytes = parts.get('words')
    if (bytes === undefined) return null
    const held = new HeldTexts()
    held.#texts.push(...(JSON.parse(new TextDecoder().decode(bytes)) as string[]))
    return held
  }
}
