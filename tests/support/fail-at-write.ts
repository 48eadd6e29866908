import type { DBCore } from 'dexie'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Runs something and lets it crash at its n-th step, where a step is a write to storage or a call to main (before the
 * call and after it). Returns whether it came that far. The crash is an error in mid-transaction: what the transaction wrote
 * is undone, what was committed before stays.
 */
export async function failAtWrite(
  ctx: UseCaseContext,
  at: number,
  run: () => Promise<unknown>,
): Promise<boolean> {
  const steps = { left: at }
  const step = (): void => {
    if (--steps.left === 0) throw new Error('crash')
  }
  const stop = interceptWrites(ctx, step)
  const render = ctx.host['documents.render']
  ctx.host['documents.render'] = async (input) => {
    step()
    const drawn = await render(input)
    step()
    return drawn
  }
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'crash') throw error
  } finally {
    stop()
    ctx.host['documents.render'] = render
  }
  return steps.left <= 0
}

function interceptWrites({ db }: UseCaseContext, step: () => void): () => void {
  let armed = true
  const tables = db.tables
  for (const table of tables) {
    const core = table.core as {
      mutate: DBCore['table'] extends (name: string) => infer T
        ? T extends { mutate: infer M }
          ? M
          : never
        : never
    }
    const mutate = core.mutate
    core.mutate = (request) => {
      if (armed) step()
      return mutate.call(core, request)
    }
  }
  return () => {
    armed = false
  }
}
