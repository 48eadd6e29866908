/** Texts that many orders share, by a number each. '' is always 0; numbers only grow. */
export class Dictionary {
  readonly #texts: string[] = ['']
  readonly #codes = new Map<string, number>([['', 0]])

  static read(texts: readonly string[]): Dictionary {
    const dictionary = new Dictionary()
    for (const text of texts) dictionary.code(text)
    return dictionary
  }

  get texts(): readonly string[] {
    return this.#texts
  }

  /** The text's number, a new one when it has none. */
  code(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    this.#codes.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }

  /** -1 when it has none. */
  find(text: string): number {
    return this.#codes.get(text) ?? -1
  }

  text(code: number): string {
    return this.#texts[code] ?? ''
  }
}
