/** Two letters for a name: of its first two words, or the first two of one. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s·\-_]+/)
    .filter(Boolean)
  const first = Array.from(words[0] ?? '?')
  const second = words[1] ? Array.from(words[1])[0] : first[1]
  return `${first[0] ?? ''}${second ?? ''}`.toLocaleUpperCase()
}
