import { watchNextReturn } from '#renderer/data/queries/parked.ts'
import { bringBackDue } from '#renderer/usecases/bring-back-due.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** A timer of days would sleep through a machine that sleeps. */
const LONGEST_WAIT_MS = 60_000

/** Lets parked orders come back on their day, as long as this worker leads. The result ends it. */
export function keepParked(
  ctx: UseCaseContext<never>,
  { mayWrite, onError }: { mayWrite: () => boolean; onError: (error: unknown) => void },
): () => void {
  let next: number | null = null
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (stopped || next === null) return
    try {
      // What comes back changes the queue, which says when to look again.
      if (next <= ctx.now() && mayWrite()) await bringBackDue(ctx)
    } catch (error) {
      // The database may be closed meanwhile.
      if (!stopped) onError(error)
    }
    wait()
  }

  function wait(): void {
    clearTimeout(timer)
    if (stopped || next === null) return
    const ms = next <= ctx.now() ? LONGEST_WAIT_MS : Math.min(next - ctx.now(), LONGEST_WAIT_MS)
    timer = setTimeout(() => void look(), ms)
  }

  const watching = watchNextReturn(ctx.db).subscribe((at) => {
    next = at
    void look()
  }, onError)
  return () => {
    stopped = true
    watching.unsubscribe()
    clearTimeout(timer)
  }
}
