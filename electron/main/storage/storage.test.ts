import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Disk } from '#core/contracts/journal.ts'
import { DISK_LIMITS, nextDiskState } from '#main/storage/disk-state.ts'
import { createDiskWatch } from '#main/storage/disk-watch.ts'
import { isProfileNewer } from '#main/storage/profile-age.ts'
import { createReserveFile } from '#main/storage/reserve-file.ts'
import { createRunMarker } from '#main/storage/run-marker.ts'

const MB = 1024 * 1024
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'storage-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const never = (error: unknown) => {
  throw error
}

describe('free space', () => {
  it('is judged with hysteresis on both edges', () => {
    const walk = [900, 499, 550, 599, 600, 550, 63, 64, 95, 96, 300, 700]
    const states: Disk['state'][] = []
    for (const free of walk) states.push(nextDiskState(states.at(-1) ?? 'ok', free * MB))
    expect(states).toEqual([
      ...['ok', 'low', 'low', 'low', 'ok', 'ok', 'full', 'full', 'full', 'low', 'low', 'ok'],
    ])
  })

  it('the reserve is given up when space runs out, told once, and made again when there is room', async () => {
    const file = path.join(folder, 'reserve.bin')
    const free = { mb: 900 }
    const told: string[] = []
    const watch = createDiskWatch({
      readFree: () => Promise.resolve(free.mb * MB),
      reserve: createReserveFile(file, DISK_LIMITS.reserveBytes),
      onChange: ({ state }) => told.push(state),
      onFault: never,
    })
    const look = async (mb: number) => {
      free.mb = mb
      await watch.look()
      return existsSync(file)
    }
    expect(await look(900)).toBe(true)
    expect((await stat(file)).size).toBe(16 * MB)
    expect(await look(400)).toBe(true)
    expect(await look(10)).toBe(false)
    expect(await look(80)).toBe(false)
    expect(await look(700)).toBe(true)
    expect(told).toEqual(['low', 'full', 'ok'])
    await watch.ranOut()
    await watch.look()
    expect(existsSync(file)).toBe(true)
  })
})

it('a change is told even where the reserve cannot be given up', async () => {
  const told: string[] = []
  const faults: unknown[] = []
  const watch = createDiskWatch({
    readFree: () => Promise.resolve(10 * MB),
    reserve: {
      fill: () => Promise.resolve(true),
      release: () => Promise.reject(new Error('the disk is read-only')),
    },
    onChange: ({ state }) => told.push(state),
    onFault: (error) => faults.push(error),
  })
  watch.start()
  await vi.waitFor(() => expect(faults).toHaveLength(1))
  watch.stop()
  expect(told).toEqual(['full'])
})

describe('the run marker', () => {
  const marker = (faults: unknown[] = []) =>
    createRunMarker({
      runningFile: path.join(folder, 'running.json'),
      repairFile: path.join(folder, 'repair.json'),
      ...{ pid: 7, now: () => 1, onFault: (error: unknown) => faults.push(error) },
    })

  it('a run that ended by itself leaves nothing to mend', () => {
    const first = marker()
    expect(first.begin()).toBe(false)
    first.end()
    expect(marker().begin()).toBe(false)
  })

  it('one that did not is mended, over as many starts as that takes', () => {
    marker().begin()
    const second = marker()
    expect(second.begin()).toBe(true)
    second.end()
    const third = marker()
    expect(third.begin()).toBe(true)
    third.repaired()
    third.end()
    expect(marker().begin()).toBe(false)
  })

  it('trouble is mended by the next start, not by this one', () => {
    const first = marker()
    first.begin()
    first.noteTrouble('QuotaExceededError')
    expect(first.repairDue()).toBe(false)
    first.repaired()
    first.end()
    expect(marker().begin()).toBe(true)
  })

  it('a file system that takes no marker does not stop the app', async () => {
    await rm(folder, { recursive: true })
    const faults: unknown[] = []
    expect(marker(faults).begin()).toBe(false)
    expect(faults).toHaveLength(1)
  })
})

describe('the age of a profile', () => {
  const age = (format: number, electron: number) =>
    isProfileNewer(path.join(folder, 'profile.json'), { format, electron }, never)

  it('refuses what a later version has used, and notes what this one uses', async () => {
    expect(age(1, 40)).toBe(false)
    expect(age(1, 45)).toBe(false)
    expect(age(1, 40)).toBe(true)
    expect(age(2, 45)).toBe(false)
    expect(age(1, 45)).toBe(true)
    expect(JSON.parse(await readFile(path.join(folder, 'profile.json'), 'utf8'))).toEqual({
      ...{ format: 2, electron: 45 },
    })
  })

  it('takes a file it cannot read for none', async () => {
    await writeFile(path.join(folder, 'profile.json'), '{"for')
    expect(age(1, 25)).toBe(false)
  })
})
