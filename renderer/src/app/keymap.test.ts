import { describe, expect, it } from 'vitest'
import { createKeymap, type KeyPress } from '#renderer/app/keymap.ts'

const BINDINGS = [
  { id: 'hand-over', shortcut: 'o' },
  { id: 'go-orders', shortcut: 'g o' },
  { id: 'print', shortcut: 'p' },
  { id: 'reprint', shortcut: 'R' },
  { id: 'sheet', shortcut: '?' },
  { id: 'palette', shortcut: 'mod+k' },
  { id: 'sync', shortcut: 'mod+shift+s' },
]

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    ...{
      key,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      repeat: false,
      isComposing: false,
    },
    ...{ typing: false, dialog: false },
    ...more,
  }
}

function keymap(mac = false) {
  let now = 0
  const map = createKeymap(() => now, mac)
  return {
    type: (key: string, more?: Partial<KeyPress>) => map.press(press(key, more), BINDINGS),
    wait: (ms: number) => (now += ms),
  }
}

describe('the keymap', () => {
  it('runs single keys, with shift in the key itself', () => {
    const { type } = keymap()
    expect(type('p')).toBe('print')
    expect(type('R', { shiftKey: true })).toBe('reprint')
    expect(type('?', { shiftKey: true })).toBe('sheet')
    expect(type('r')).toBeNull()
  })

  it('never takes a single key from somebody who types', () => {
    const { type } = keymap()
    expect(type('p', { typing: true })).toBeNull()
    expect(type('k', { typing: true, ctrlKey: true })).toBe('palette')
    expect(type('p', { dialog: true })).toBeNull()
    expect(type('p', { isComposing: true })).toBeNull()
  })

  it('reads sequences, and their second key alone means something else', () => {
    const { type, wait } = keymap()
    expect(type('g')).toBe('pending')
    expect(type('o')).toBe('go-orders')
    expect(type('o')).toBe('hand-over')
    expect(type('g')).toBe('pending')
    wait(5000)
    expect(type('o')).toBe('hand-over')
  })

  it('gives a sequence up for a key that does not belong to it', () => {
    const { type } = keymap()
    expect(type('g')).toBe('pending')
    expect(type('p')).toBe('print')
  })

  it('waits through a modifier in the middle of a sequence', () => {
    const { type } = keymap()
    type('g')
    expect(type('Shift', { shiftKey: true })).toBeNull()
    expect(type('o')).toBe('go-orders')
  })

  it('knows mod as Ctrl here and ⌘ on a Mac', () => {
    expect(keymap().type('k', { ctrlKey: true })).toBe('palette')
    expect(keymap().type('k', { metaKey: true })).toBeNull()
    expect(keymap(true).type('k', { metaKey: true })).toBe('palette')
    expect(keymap().type('S', { ctrlKey: true, shiftKey: true })).toBe('sync')
    expect(keymap().type('p', { altKey: true })).toBeNull()
    expect(keymap().type('p', { ctrlKey: true })).toBeNull()
  })
})
