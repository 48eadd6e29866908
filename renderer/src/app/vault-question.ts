import type { ChannelOutput } from '#core/contracts/ipc.ts'

/** What a person is asked: a new passphrase, the one there is, or to bring back the keyring that locked the vault. */
export type VaultQuestion = 'new' | 'locked' | 'keyring'

/** What has to be asked before secrets can be read; null when nothing. Only the system's keyring opens what it locked. */
export function vaultQuestion({ backend, state }: ChannelOutput<'vault.status'>): VaultQuestion | null {
  if (state === 'ready') return null
  return state === 'locked' && backend === 'system' ? 'keyring' : state
}
