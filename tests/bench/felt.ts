import type { Page } from '@playwright/test'
import { readMachineWork, shareOfOthers } from '#tests/bench/machine-load.ts'

/** What a person would feel of the page's thread meanwhile. */
export interface Felt {
  /** Length of every task over 50 ms, in ms. */
  tasks: number[]
  /** Times between two frames, in ms. */
  gaps: number[]
}

export interface FeltBeside extends Felt {
  /** What other programs took of the machine meanwhile; null where that is not known. */
  others: number | null
}

export async function feel(page: Page, work: () => Promise<void>): Promise<FeltBeside> {
  const before = await readMachineWork()
  await page.evaluate(beginToFeel)
  await work()
  const felt = await page.evaluate(endToFeel)
  return { ...felt, others: shareOfOthers(before, await readMachineWork()) }
}

interface Feeling {
  feeling?: Felt & { stop: () => void }
}

/** Runs in the page. */
export function beginToFeel(): void {
  const scope = window as unknown as Feeling
  const tasks: number[] = []
  const gaps: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration)
  })
  observer.observe({ type: 'longtask' })
  let last = performance.now()
  let frame = requestAnimationFrame(function next(now) {
    gaps.push(now - last)
    last = now
    frame = requestAnimationFrame(next)
  })
  const stop = () => {
    for (const entry of observer.takeRecords()) tasks.push(entry.duration)
    observer.disconnect()
    cancelAnimationFrame(frame)
  }
  scope.feeling = { tasks, gaps, stop }
}

/** Runs in the page. */
export function endToFeel(): Felt {
  const { feeling } = window as unknown as Feeling
  feeling?.stop()
  return { tasks: feeling?.tasks ?? [], gaps: feeling?.gaps ?? [] }
}

/** Runs in the page: what was felt so far, for a page that is about to load anew. */
export function feltSoFar(): Felt {
  const { feeling } = window as unknown as Feeling
  return { tasks: [...(feeling?.tasks ?? [])], gaps: [...(feeling?.gaps ?? [])] }
}

export const longest = (values: readonly number[]): number =>
  values.reduce((most, each) => Math.max(most, each), 0)

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
