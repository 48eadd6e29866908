import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readWindowState, repairBounds, writeWindowState } from '#main/app/window-state.ts'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('repairBounds', () => {
  it('centres the first window, no bigger than the screen', () => {
    expect(repairBounds(null, [screen])).toEqual({ x: 240, y: 103, width: 1440, height: 900 })
    expect(repairBounds(null, [{ x: 0, y: 0, width: 1280, height: 720 }])).toEqual({
      x: 0,
      y: 0,
      width: 1280,
      height: 720,
    })
  })

  it('keeps what can be seen', () => {
    const saved = { x: 2000, y: 50, width: 1100, height: 700 }
    expect(repairBounds(saved, [screen, second])).toEqual(saved)
  })

  it('brings back what was on a screen that is gone', () => {
    const saved = { x: 2000, y: 50, width: 1100, height: 700 }
    expect(repairBounds(saved, [screen])).toEqual({ x: 410, y: 203, width: 1100, height: 700 })
  })

  it.each([
    { x: -5000, y: 0, width: 1200, height: 800 },
    { x: 0, y: 5000, width: 1200, height: 800 },
    { x: 100, y: -900, width: 1200, height: 800 },
    { x: 1900, y: 100, width: 1200, height: 800 },
  ])('never leaves the title bar out of reach: %j', (saved) => {
    const { x, y, width } = repairBounds(saved, [screen])
    expect(x + width).toBeGreaterThan(80)
    expect(x).toBeLessThan(1920 - 80)
    expect(y).toBeGreaterThanOrEqual(25)
    expect(y).toBeLessThan(1000)
  })

  it('never goes below the minimum', () => {
    expect(repairBounds({ x: 0, y: 30, width: 10, height: 10 }, [screen])).toMatchObject({
      width: 1024,
      height: 640,
    })
  })
})

describe('the stored state', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'caravel-window-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('comes back as it was and leaves no temporary file', () => {
    const file = path.join(folder, 'state.json')
    const state = { x: 1, y: 2, width: 1100, height: 700, maximized: true }
    writeWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
    expect(readdirSync(folder)).toEqual(['state.json'])
  })

  it.each(['', '{', '[]', '{"x":"1"}', '{"x":1e300,"y":0,"width":1,"height":1,"maximized":false}'])(
    'is ignored when it is %j',
    (text) => {
      const file = path.join(folder, 'broken.json')
      writeFileSync(file, text)
      expect(readWindowState(file)).toBeNull()
    },
  )

  it('is nothing when there is no file', () => {
    expect(readWindowState(path.join(folder, 'none.json'))).toBeNull()
  })
})
