/** The first few of many, in order, and all others in none: a fraction of what sorting all of them costs. */
export function takeFirst<T>(
  all: readonly T[],
  most: number,
  compare: (a: T, b: T) => number,
): { first: T[]; rest: T[] } {
  const first: T[] = []
  const rest: T[] = []
  for (const one of all) {
    const last = first.at(-1)
    if (first.length >= most && (last === undefined || compare(one, last) >= 0)) {
      rest.push(one)
      continue
    }
    const place = first.findIndex((other) => compare(one, other) < 0)
    first.splice(place === -1 ? first.length : place, 0, one)
    if (first.length > most) rest.push(...first.splice(most))
  }
  return { first, rest }
}
