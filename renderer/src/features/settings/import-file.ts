import { reactive } from 'vue'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import type { TransferHeader } from '#core/contracts/transfer.ts'
import type { Issue } from '#core/shared/issue.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

interface Chosen {
  file: ChannelOutput<'import.choose'>['file']
  header: TransferHeader | null
  refusal: Issue | null
  working: boolean
}

/** The file that is about to be imported, one over the section: by dialog or from the list of backups. */
const chosen = reactive<Chosen>({ file: null, header: null, refusal: null, working: false })

export function useImportFile() {
  const { calls } = useWorkspace()
  const notices = useNotices()

  async function unlock(passphrase: string): Promise<void> {
    if (chosen.file === null || chosen.working) return
    chosen.working = true
    const unlocked = await calls['import.unlock']({ session: chosen.file.session, passphrase })
    chosen.working = false
    chosen.refusal = unlocked.ok ? null : unlocked.error
    if (unlocked.ok) chosen.header = unlocked.value.header
    // A file that is damaged, or a backup whose key is gone, cannot be helped by another passphrase.
    else if (unlocked.error.reason !== 'wrong-file-passphrase') {
      notices.failed(unlocked.error)
      await drop()
    }
  }

  async function choose(backup: string | null): Promise<void> {
    const found = notices.settle(await calls['import.choose']({ backup }))
    if (!found?.file) return
    Object.assign(chosen, { file: found.file, header: null, refusal: null })
    if (!found.file.needsPassphrase) await unlock('')
  }

  async function drop(): Promise<void> {
    if (chosen.file !== null) await calls['import.close']({ session: chosen.file.session })
    forget()
  }

  function forget(): void {
    Object.assign(chosen, { file: null, header: null, refusal: null })
  }

  return { chosen, choose, unlock, drop, forget }
}
