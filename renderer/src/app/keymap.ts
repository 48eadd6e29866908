/** What the keymap needs of a KeyboardEvent. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  repeat: boolean
  isComposing: boolean
  /** Focus is in a field that takes text. */
  typing: boolean
  /** A dialog is open. */
  dialog: boolean
}

export interface KeyBinding {
  id: string
  shortcut: string
}

/** How long the first key of a sequence waits for the second. */
const SEQUENCE_MS = 1200

/**
 * Turns key presses into command ids. A shortcut is one chord (`x`, `R`, `?`, `mod+k`, `mod+shift+s`) or two after each other
 * (`g o`). Single keys never fire while a person types, and nothing but `mod` chords fires under a dialog.
 */
export function createKeymap(now: () => number, mac: boolean) {
  let pending: { chord: string; at: number } | null = null

  return {
    /** A sequence has begun: the next key belongs to it, wherever the focus is. */
    waits: () => pending !== null && now() - pending.at < SEQUENCE_MS,
    /** The id to run, the word `pending` when a sequence has begun, or null. */
    press(event: KeyPress, bindings: readonly KeyBinding[]): string | null {
      const before = pending && now() - pending.at < SEQUENCE_MS ? pending.chord : null
      pending = null
      if (event.isComposing || isModifier(event.key)) {
        if (before) pending = { chord: before, at: now() }
        return null
      }
      const chord = chordOf(event, mac)
      if ((event.typing || event.dialog) && !chord.startsWith('mod+')) return null
      if (event.repeat && chord.length > 1) return null
      const wanted = before ? `${before} ${chord}` : chord
      const exact = find(bindings, wanted) ?? (before ? find(bindings, chord) : undefined)
      if (exact) return exact.id
      if (bindings.some((binding) => binding.shortcut.startsWith(`${chord} `))) {
        pending = { chord, at: now() }
        return 'pending'
      }
      return null
    },
  }
}

function find(bindings: readonly KeyBinding[], shortcut: string): KeyBinding | undefined {
  return bindings.findLast((binding) => binding.shortcut === shortcut)
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'AltGraph'
}

/** `mod` is ⌘ on a Mac and Ctrl elsewhere. Shift is only named beside `mod`; alone it is in the key (`R`, `?`). */
function chordOf(event: KeyPress, mac: boolean): string {
  const mod = mac ? event.metaKey : event.ctrlKey
  if (mod) return `mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`
  if (event.altKey || event.ctrlKey || event.metaKey) return `other+${event.key}`
  return event.key
}
