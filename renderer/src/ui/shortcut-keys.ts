const NAMES: Record<string, string> = {
  escape: 'Esc',
  enter: '↵',
  space: 'Space',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  arrowdown: '↓',
  arrowup: '↑',
}

/** Key caps of a shortcut as written in the registry: `mod+k` → Ctrl K, `g o` → G O, `R` → Shift R. */
export function shortcutKeys(shortcut: string, mac: boolean): string[] {
  return shortcut.split(' ').flatMap((chord) => {
    const parts = chord.length > 1 ? chord.split('+') : [chord]
    return parts.flatMap((part) => {
      if (part === 'mod') return [mac ? '⌘' : 'Ctrl']
      if (part === 'shift') return [mac ? '⇧' : 'Shift']
      const named = NAMES[part.toLowerCase()]
      if (named) return [named]
      if (/^[A-Z]$/.test(part)) return [mac ? '⇧' : 'Shift', part]
      return [part.toUpperCase()]
    })
  })
}
