import { vaultQuestion } from '#renderer/app/vault-question.ts'
import { useVault } from '#renderer/app/vault.store.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Makes sure that secrets can be stored and read; asks for the passphrase when the system has no keyring. */
export function useVaultGate(): () => Promise<boolean> {
  const vault = useVault()
  const { calls } = useWorkspace()
  const notices = useNotices()
  return async () => {
    const status = notices.settle(await calls['vault.status']({}))
    if (!status) return false
    const question = vaultQuestion(status)
    return question === null || vault.ask(question)
  }
}
