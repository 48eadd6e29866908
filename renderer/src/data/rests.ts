const ends = new Set<() => void>()
/** A verb on many records commits many units, and is not to be answered for each of them. */
const BETWEEN_MS = 150
let lastAt = -BETWEEN_MS

/** Rests for so long, or until a person's own work is stored; returns how to call it off. */
export function rest(ms: number, end: () => void): () => void {
  const cancel = () => {
    clearTimeout(timer)
    ends.delete(finish)
  }
  const finish = () => {
    cancel()
    end()
  }
  const timer = setTimeout(finish, ms)
  ends.add(finish)
  return cancel
}

/** What a person did here is stored: nobody who would show it rests any longer. Other threads have rests of their own. */
export function endRests(): void {
  const now = performance.now()
  if (ends.size === 0 || now - lastAt < BETWEEN_MS) return
  lastAt = now
  for (const finish of [...ends]) finish()
}
