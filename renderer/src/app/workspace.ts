import { inject, type InjectionKey } from 'vue'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import type { Host } from '#core/contracts/host.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { OrderIndexClient } from '#renderer/data/order-index/order-views.ts'
import type { DataWorkerClient } from '#renderer/platform/data-worker-client.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What a page works with: one database, one engine, the channels to main. Another workspace is another window load. */
export interface Workspace {
  kind: 'none' | 'own' | 'demo'
  db: CaravelDatabase
  calls: HostCalls
  host: Host
  context: UseCaseContext
  engine: DataWorkerClient
  /** The index over all orders, in the worker's memory. */
  orders: OrderIndexClient
  info: ChannelOutput<'app.info'>
}

export const workspaceKey: InjectionKey<Workspace> = Symbol('workspace')

export function useWorkspace(): Workspace {
  const workspace = inject(workspaceKey)
  if (!workspace) throw new Error('no workspace was provided')
  return workspace
}
