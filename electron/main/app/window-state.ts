import { readFileSync } from 'node:fs'
import { z } from '#core/contracts/zod.ts'
import { writeFileAtomicNow } from '#main/files/atomic-write.ts'

export const MIN_WIDTH = 1024
export const MIN_HEIGHT = 640
const DEFAULT_SIZE = { width: 1440, height: 900 }
/** How much of a window has to be on a screen, so that it can be seen and dragged. */
const VISIBLE_PX = 80

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

const px = z.number().int().min(-100_000).max(100_000)
const stateSchema = z.object({ x: px, y: px, width: px, height: px, maximized: z.boolean() })
export type WindowState = z.infer<typeof stateSchema>

/** What was stored, or null: a state that cannot be read is not worth a message. */
export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileAtomicNow(file, JSON.stringify(state))
}

/**
 * Where a window opens: as it was, unless that would be off every screen or bigger than the one it is on.
 * `workAreas` are the screens without their bars, the main one first.
 */
export function repairBounds(saved: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE }
  const screen = saved === null ? undefined : workAreas.find((area) => isReachable(saved, area))
  if (saved === null || screen === undefined)
    return centred(saved ?? { x: 0, y: 0, ...DEFAULT_SIZE }, primary)
  const { width, height } = fit(saved, screen)
  return { x: saved.x, y: Math.max(saved.y, screen.y), width, height }
}

function isReachable(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const titleBar = window.y + VISIBLE_PX / 2
  return across >= VISIBLE_PX && titleBar > area.y && window.y + VISIBLE_PX <= area.y + area.height
}

function centred(size: Bounds, area: Bounds): Bounds {
  const { width, height } = fit(size, area)
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  }
}

function fit(size: Bounds, area: Bounds): { width: number; height: number } {
  return {
    width: Math.max(MIN_WIDTH, Math.min(size.width, area.width)),
    height: Math.max(MIN_HEIGHT, Math.min(size.height, area.height)),
  }
}
