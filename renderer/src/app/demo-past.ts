import { watchConnections } from '#renderer/data/queries/connections.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { tellDemoPast } from '#renderer/usecases/tell-demo-past.ts'

/** As soon as the demo's shops were read. The demo goes without where it cannot be kept. */
export function tellPastOnceRead(context: Pick<UseCaseContext, 'db' | 'now'>): void {
  const watching = watchConnections(context.db).subscribe(() => {
    void tellDemoPast(context)
      .catch(() => true)
      .then((done) => done && watching.unsubscribe())
  })
}
