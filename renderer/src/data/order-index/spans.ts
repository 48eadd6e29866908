type Field = Uint32Array | Float64Array

/**
 * A stretch of values for each order, e.g. its lines, in arrays that all orders share: `starts[ordinal]` and `lengths[ordinal]` say where in
 * the `fields` they are. A stretch that outgrows its place moves to the end; when too much is left behind, all move together.
 */
export class Spans<F extends readonly Field[]> {
  starts = new Uint32Array(1024)
  lengths = new Uint32Array(1024)
  fields: F
  #used = 0
  #live = 0

  constructor(fields: F) {
    this.fields = fields
  }

  reserve(ordinals: number): void {
    if (ordinals <= this.starts.length) return
    const capacity = Math.ceil(ordinals * 1.3)
    this.starts = grown(this.starts, capacity)
    this.lengths = grown(this.lengths, capacity)
  }

  /** Where the order's values are to be written, so many of them. */
  place(ordinal: number, length: number): number {
    this.reserve(ordinal + 1)
    const before = this.lengths[ordinal] ?? 0
    this.#live += length - before
    this.lengths[ordinal] = length
    if (length <= before) return this.starts[ordinal] ?? 0
    if (this.#used + length > this.#capacity) this.#makeRoom(ordinal, length)
    this.starts[ordinal] = this.#used
    this.#used += length
    return this.#used - length
  }

  /** The values of a stretch of ordinals, one after the other. */
  write(from: number, to: number): Field[] {
    const total = this.#sum(from, to)
    return this.fields.map((field) => {
      const packed = new (field.constructor as new (length: number) => Field)(total)
      this.#pack(field, packed, from, to)
      return packed
    })
  }

  /** Takes over what `write` gave for the ordinals from `from` on, with their lengths. */
  read(from: number, lengths: Uint32Array, fields: readonly Field[]): void {
    this.reserve(from + lengths.length)
    const total = fields[0]?.length ?? 0
    if (this.#used + total > this.#capacity) this.#resize(Math.ceil((this.#used + total) * 1.3))
    this.fields.forEach((field, i) => field.set(fields[i] ?? [], this.#used))
    for (let i = 0; i < lengths.length; i++) {
      const length = lengths[i] ?? 0
      this.starts[from + i] = this.#used
      this.lengths[from + i] = length
      this.#used += length
      this.#live += length
    }
  }

  get #capacity(): number {
    return this.fields[0]?.length ?? 0
  }

  #makeRoom(moving: number, length: number): void {
    // The order that moves leaves its old place.
    this.lengths[moving] = 0
    if (this.#live < this.#used / 2) this.#close()
    if (this.#used + length > this.#capacity) this.#resize(Math.ceil((this.#used + length) * 1.5) + 1024)
    this.lengths[moving] = length
  }

  #resize(capacity: number): void {
    this.fields = this.fields.map((field) => grown(field, capacity)) as unknown as F
  }

  #close(): void {
    const ordinals = this.starts.length
    for (const field of this.fields) {
      const packed = field.slice()
      this.#pack(field, packed, 0, ordinals)
      field.set(packed)
    }
    this.#used = 0
    for (let ordinal = 0; ordinal < ordinals; ordinal++) {
      this.starts[ordinal] = this.#used
      this.#used += this.lengths[ordinal] ?? 0
    }
  }

  #pack(field: Field, packed: Field, from: number, to: number): void {
    let at = 0
    for (let ordinal = from; ordinal < to; ordinal++) {
      const start = this.starts[ordinal] ?? 0
      const end = start + (this.lengths[ordinal] ?? 0)
      for (let i = start; i < end; i++) packed[at++] = field[i] ?? 0
    }
  }

  #sum(from: number, to: number): number {
    let total = 0
    for (let ordinal = from; ordinal < to; ordinal++) total += this.lengths[ordinal] ?? 0
    return total
  }
}

function grown<A extends Field>(array: A, capacity: number): A {
  const larger = new (array.constructor as new (length: number) => A)(capacity)
  larger.set(array)
  return larger
}
