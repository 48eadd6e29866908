/** One record of a list as JSON; `value` is undefined where it is damaged. */
export interface JsonRecord {
  /** The first is 1. */
  line: number
  value: unknown
}

/** A record that goes on for longer is none. */
const LONGEST_RECORD = 1_000_000

/** Reads a list of records piece by piece: each is parsed by itself, so one that is damaged costs itself only. */
export class JsonRecords {
  #open = ''
  #depth = 0
  #quoted = false
  #escaped = false
  #line = 0
  #isEnded = false

  /** Whether the list has come to its end: one that was cut off between two records looks well made up to there. */
  get isWhole(): boolean {
    return this.#isEnded
  }

  /** Records that are whole with this piece. */
  push(text: string): JsonRecord[] {
    const records: JsonRecord[] = []
    let from = 0
    for (let i = 0; i < text.length; i++) {
      const mark = text.charCodeAt(i)
      if (this.#quoted) this.#inQuotes(mark)
      else if (mark === QUOTE) this.#quoted = this.#depth > 0
      else if (mark === OPEN && this.#depth++ === 0) {
        this.#open = ''
        from = i
      } else if (mark === END && this.#depth === 0) this.#isEnded = true
      else if (mark === CLOSE && this.#depth > 0 && --this.#depth === 0) {
        records.push(this.#parse(this.#open + text.slice(from, i + 1)))
        this.#open = ''
      }
    }
    if (this.#depth > 0) this.#open += text.slice(from)
    if (this.#open.length > LONGEST_RECORD) records.push(this.#giveUp())
    return records
  }

  /** What was begun and never ended. */
  end(): JsonRecord[] {
    return this.#depth > 0 ? [this.#giveUp()] : []
  }

  #inQuotes(mark: number): void {
    if (this.#escaped) this.#escaped = false
    else if (mark === BACKSLASH) this.#escaped = true
    else if (mark === QUOTE) this.#quoted = false
  }

  #giveUp(): JsonRecord {
    this.#open = ''
    this.#depth = 0
    this.#quoted = false
    return { line: ++this.#line, value: undefined }
  }

  #parse(text: string): JsonRecord {
    const line = ++this.#line
    try {
      return { line, value: JSON.parse(text) }
    } catch {
      return { line, value: undefined }
    }
  }
}

const [QUOTE, OPEN, CLOSE, END, BACKSLASH] = [34, 123, 125, 93, 92]
