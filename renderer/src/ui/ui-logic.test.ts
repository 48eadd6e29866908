import { describe, expect, it } from 'vitest'
import { fromDraft, readGrams, toDraft } from '#renderer/ui/customs-draft.ts'
import { moveTo } from '#renderer/ui/data-table.ts'
import { shortcutKeys } from '#renderer/ui/shortcut-keys.ts'
import { viewState } from '#renderer/ui/view-state.ts'

describe('moving in a table', () => {
  it('stays inside it', () => {
    expect(moveTo('j', -1, 3, 10)).toBe(0)
    expect(moveTo('j', 2, 3, 10)).toBe(2)
    expect(moveTo('k', -1, 3, 10)).toBe(2)
    expect(moveTo('PageDown', 0, 100, 20)).toBe(20)
    expect(moveTo('PageUp', 5, 100, 20)).toBe(0)
    expect(moveTo('End', 0, 100, 20)).toBe(99)
    expect(moveTo('j', 0, 0, 10)).toBeNull()
    expect(moveTo('q', 0, 3, 10)).toBeNull()
  })
})

describe('key caps', () => {
  it('show what to press', () => {
    expect(shortcutKeys('mod+shift+s', false)).toEqual(['Ctrl', 'Shift', 'S'])
    expect(shortcutKeys('mod+k', true)).toEqual(['⌘', 'K'])
    expect(shortcutKeys('g o', false)).toEqual(['G', 'O'])
    expect(shortcutKeys('R', false)).toEqual(['Shift', 'R'])
    expect(shortcutKeys('Escape', false)).toEqual(['Esc'])
  })
})

describe('the state of a view', () => {
  it('puts an error first, then waiting, then emptiness', () => {
    expect(viewState({ loading: true, failed: true, empty: true })).toBe('error')
    expect(viewState({ loading: true, failed: false, empty: true })).toBe('loading')
    expect(viewState({ loading: false, failed: false, empty: true })).toBe('first-use')
    expect(viewState({ loading: false, failed: false, empty: true, filtered: true })).toBe('filtered')
    expect(viewState({ loading: false, failed: false, empty: false, filtered: true })).toBe('ready')
  })
})

describe('customs facts while they are typed', () => {
  const facts = {
    ...{ description: 'Mug', descriptionLocal: '', hs6: '691200', origin: 'CN', unitNetGrams: 340 },
    unitValue: { minor: 1250, currency: 'EUR' },
  }

  it('come back as they were, in the notation of the language', () => {
    const draft = toDraft(facts, 'USD', 'de')
    expect(draft.value).toBe('12,50')
    expect(fromDraft(draft, 'de')).toMatchObject({ ok: true, value: facts })
  })

  it('may be left open and are tidied', () => {
    const draft = { ...toDraft(facts, 'USD', 'en'), value: '', grams: '', hs6: '6912.00', origin: ' cn ' }
    expect(fromDraft(draft, 'en')).toMatchObject({
      ok: true,
      value: { unitValue: null, unitNetGrams: null, hs6: '691200', origin: 'CN' },
    })
  })

  it('name the field that cannot be read', () => {
    expect(fromDraft({ ...toDraft(facts, 'USD', 'en'), value: 'abc' }, 'en')).toMatchObject({
      ok: false,
      error: { field: 'unitValue' },
    })
    expect(fromDraft({ ...toDraft(facts, 'USD', 'en'), grams: '1.5 kg' }, 'en')).toMatchObject({
      ok: false,
      error: { field: 'unitNetGrams' },
    })
    expect(readGrams('250 g')).toBe(250)
    expect(readGrams('-3')).toBeUndefined()
  })
})
