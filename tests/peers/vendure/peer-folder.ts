import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPeer, type InstallResult } from '../install-peer.ts'

export const peerDir = dirname(fileURLToPath(import.meta.url))

/** A minute or two the first time; at once afterwards. */
export function installVendurePeer(options?: Parameters<typeof installPeer>[1]): Promise<InstallResult> {
  return installPeer({ dir: peerDir, name: 'vendure peer' }, options)
}
