import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalEntry } from '#core/contracts/journal.ts'
import { crc32 } from '#main/journal/crc32.ts'
import { createJournal } from '#main/journal/journal.ts'
import {
  decodeSegment,
  encodeBase,
  encodeEntry,
  openRecord,
  type DecodedSegment,
} from '#main/journal/record.ts'
import { nodeJournalFs, type JournalFs } from '#main/journal/segment-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journal-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (id: string, seq: number, value: unknown = { id }): JournalEntry => ({
  ...{ kind: 'put', store: 'outbox', id, seq, value },
})
const remove = (id: string, seq: number): JournalEntry => ({ kind: 'remove', store: 'outbox', id, seq })

/** Ids that a replay would bring back, from a journal opened anew. */
async function live(): Promise<string[]> {
  const { records } = await createJournal({ folder }).read()
  return records.filter(({ kind }) => kind === 'put').map(({ id }) => id)
}

function decode(bytes: Uint8Array): DecodedSegment {
  const steps = decodeSegment(bytes)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

async function segments(): Promise<string[]> {
  return (await readdir(folder)).sort()
}

describe('the journal', () => {
  it('gives back after a restart what counts, by the number and not by the order of arrival', async () => {
    const journal = createJournal({ folder })
    await journal.append([put('a', 1), put('b', 2)])
    await journal.append([remove('a', 3)])
    // The page was slow: the worker's removal overtook the put.
    await journal.append([remove('c', 9)])
    await journal.append([put('c', 4), put('b', 2, 'twice')])
    expect(await live()).toEqual(['b'])
    const { seq, damaged } = await createJournal({ folder }).read()
    expect({ seq, damaged }).toEqual({ seq: 9, damaged: 0 })
  })

  it('answers appends that come together after one fsync, and each after its own bytes are there', async () => {
    const counted = { syncs: 0 }
    const fs: JournalFs = {
      ...nodeJournalFs,
      open: async (...args: Parameters<JournalFs['open']>) => {
        const handle = await nodeJournalFs.open(...args)
        const sync = handle.sync.bind(handle)
        handle.sync = () => {
          counted.syncs++
          return sync()
        }
        return handle
      },
    }
    const journal = createJournal({ folder, fs })
    await journal.append([put('first', 1)])
    counted.syncs = 0
    await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append([put(`n${n}`, n + 2)])))
    expect(counted.syncs).toBeLessThanOrEqual(2)
    expect(await live()).toHaveLength(51)
  })

  it('torn at every byte: every record before the cut is read, none is invented, and writing goes on', async () => {
    const entries = Array.from({ length: 6 }, (_, n) => put(`id${n}`, n + 1, { text: '订单 é \n "x"' }))
    const whole = Buffer.concat(entries.map(encodeEntry))
    const ends = entries.map((_, n) => Buffer.concat(entries.slice(0, n + 1).map(encodeEntry)).length)
    for (let cut = 0; cut <= whole.length; cut++) {
      const decoded = decode(whole.subarray(0, cut))
      const complete = ends.filter((end) => end <= cut).length
      expect(decoded.records.map(openRecord)).toEqual(entries.slice(0, complete))
      expect(decoded.damaged).toBe(cut === 0 || ends.includes(cut) ? 0 : 1)
    }
    for (const cut of [1, ends[2]! + 5, whole.length - 1]) {
      await rm(folder, { recursive: true })
      await createJournal({ folder }).append([put('x', 1)])
      const [name = ''] = await segments()
      await writeFile(path.join(folder, name), whole.subarray(0, cut))
      await createJournal({ folder }).append([put('later', 99)])
      expect(await live()).toEqual([
        ...entries.slice(0, ends.filter((end) => end <= cut).length).map(({ id }) => id),
        'later',
      ])
    }
  })

  it('an id that is written with escapes is read like any other', async () => {
    const odd = ['"quoted"', 'back\\slash', '订单 1', 'a","seq":7,"value":"x', ' ']
    await createJournal({ folder }).append(
      odd.flatMap((id, n) => [put(id, n + 1, '"seq":9'), remove(`-${id}`, n + 1)]),
    )
    const { records } = await createJournal({ folder }).read()
    expect(records.filter(({ kind }) => kind === 'put').map(({ id, seq }) => [id, seq])).toEqual(
      odd.map((id, n) => [id, n + 1]),
    )
    for (const record of records)
      expect(openRecord(record)).toMatchObject({ id: record.id, seq: record.seq, kind: record.kind })
  })

  it('any one byte changed costs at most that record and the next, never another', () => {
    const entries = Array.from({ length: 5 }, (_, n) => put(`id${n}`, n + 1))
    const whole = Buffer.concat(entries.map(encodeEntry))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Uint8Array.from(whole)
        bytes[at] = bytes[at]! ^ by
        const read = decode(bytes).records.map(openRecord)
        expect(read.length).toBeGreaterThanOrEqual(entries.length - 2)
        for (const entry of read) expect(entries).toContainEqual(entry)
      }),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => decode(bytes).records.length === 0))
  })

  it('has the CRC of zlib', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(crc32(bytes)).toBe(typeof zlibCrc32 === 'function' ? zlibCrc32(bytes) : crc32(bytes))
      }),
    )
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})

describe('compaction', () => {
  const many = async (options: { fs?: JournalFs } = {}) => {
    const journal = createJournal({ folder, compactAboveBytes: 2_000, ...options })
    for (let n = 1; n <= 60; n++) {
      await journal.append([put(`id${n}`, 2 * n)])
      if (n > 3) await journal.append([remove(`id${n}`, 2 * n + 1)])
    }
    return journal
  }

  it('keeps what counts and drops the rest; late puts stay removed', async () => {
    const journal = await many()
    await journal.read()
    expect(await live()).toEqual(['id1', 'id2', 'id3'])
    expect((await segments()).length).toBeLessThanOrEqual(2)
    await journal.append([put('id9', 18)])
    expect(await live()).toEqual(['id1', 'id2', 'id3'])
  })

  it('is not done for removals that it would keep: a thousand of them are written anew a few times', async () => {
    let compactions = 0
    const rename: JournalFs['rename'] = (from, to) => {
      compactions++
      return nodeJournalFs.rename(from, to)
    }
    const journal = createJournal({ folder, compactAboveBytes: 2_000, fs: { ...nodeJournalFs, rename } })
    for (let n = 1; n <= 100; n++)
      await journal.append(Array.from({ length: 10 }, (_, i) => remove(`id${n}-${i}`, n)))
    await journal.append([put('id7-3', 6)])
    expect(await live()).toEqual([])
    expect(compactions).toBeLessThan(10)
  })

  it('is not needed often: a hundred starts leave few files', async () => {
    for (let n = 1; n <= 100; n++) {
      const journal = createJournal({ folder })
      await journal.append([put('a', n)])
      await journal.read()
    }
    expect((await segments()).length).toBeLessThanOrEqual(18)
    expect(await live()).toEqual(['a'])
  })

  it('cut off at any of its steps it changes nothing', async () => {
    await (await many()).read()
    const expected = await live()
    for (let step = 1; step < 12; step++) {
      await rm(folder, { recursive: true })
      const left = { steps: step }
      const crash = <A extends unknown[], R>(
        run: (...args: A) => Promise<R>,
        counts: (...args: A) => boolean,
      ) => {
        return (...args: A): Promise<R> => {
          if (left.steps > 0 && counts(...args)) left.steps--
          if (left.steps === 0) return Promise.reject(new Error('power cut'))
          return run(...args)
        }
      }
      const always = () => true
      const isTemporary = (file: unknown, mode?: unknown) => String(file).endsWith('.new') || mode === 'r'
      const fs: JournalFs = {
        ...nodeJournalFs,
        rename: crash(nodeJournalFs.rename as (...args: unknown[]) => Promise<void>, always),
        rm: crash(nodeJournalFs.rm as (...args: unknown[]) => Promise<void>, always),
        open: crash(nodeJournalFs.open as (...args: unknown[]) => Promise<never>, isTemporary),
      }
      const journal = createJournal({ folder, fs, compactAboveBytes: 2_000 })
      const told: string[] = []
      for (let n = 1; n <= 60; n++) {
        await journal.append([put(`id${n}`, 2 * n)]).then(
          () => told.push(`id${n}`),
          () => undefined,
        )
        if (n > 3) await journal.append([remove(`id${n}`, 2 * n + 1)]).catch(() => undefined)
      }
      await journal.read().catch(() => undefined)
      const found = await live()
      for (const id of expected.filter((each) => told.includes(each))) expect(found).toContain(id)
    }
  })

  it('a base segment ends what older ones say, also when they could not be removed', async () => {
    await createJournal({ folder }).append([put('old', 1), put('kept', 2)])
    await writeFile(
      path.join(folder, '00000005.ndjson'),
      Buffer.concat([encodeBase(), encodeEntry(put('kept', 2))]),
    )
    expect(await live()).toEqual(['kept'])
  })
})

describe('a disk that is full', () => {
  it('an append that failed does not count later, and the next one works', async () => {
    const failing = { on: false }
    const fs: JournalFs = {
      ...nodeJournalFs,
      open: async (...args: Parameters<JournalFs['open']>) => {
        const handle = await nodeJournalFs.open(...args)
        if (failing.on) {
          // Half of it reaches the disk.
          handle.writeFile = async (bytes: Uint8Array) => {
            await handle.write(bytes.subarray(0, 30))
            throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
          }
        }
        return handle
      },
    }
    const journal = createJournal({ folder, fs })
    await journal.append([put('a', 1)])
    failing.on = true
    await expect(journal.append([put('b', 2)])).rejects.toThrow('ENOSPC')
    failing.on = false
    await journal.append([put('c', 3)])
    expect(await live()).toEqual(['a', 'c'])
    const texts = await Promise.all(
      (await segments()).map((name) => readFile(path.join(folder, name), 'utf8')),
    )
    expect(texts.join('')).not.toContain('"b"')
  })
})
