import { computed, onMounted, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { SellerId } from '#core/customs/tax-ids/seller-id.ts'
import type { Issue } from '#core/shared/issue.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useVaultGate } from '#renderer/app/vault.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** A tax id as the list shows it. */
export interface TaxIdRow extends SellerId {
  /** Its last digits; null while the vault is locked, '' when it is not in this machine's vault. */
  masked: string | null
}

export interface TaxIdList {
  rows: ComputedRef<TaxIdRow[]>
  /** The vault has to be opened to see and change numbers; null when it is open. */
  locked: Ref<Issue | null>
  read: () => Promise<void>
  unlock: () => Promise<boolean>
}

/** The seller's tax ids: what they are from the settings, the end of each number from the vault. */
export function useTaxIds(): TaxIdList {
  const { calls } = useWorkspace()
  const desk = useDesk()
  const openVault = useVaultGate()
  const masks = shallowRef<ReadonlyMap<string, string> | null>(null)
  const locked = ref<Issue | null>(null)

  async function read(): Promise<void> {
    const listed = await calls['tax-ids.list']({})
    locked.value = listed.ok ? null : listed.error
    masks.value = listed.ok ? new Map(listed.value.numbers.map(({ id, masked }) => [id, masked])) : null
  }

  async function unlock(): Promise<boolean> {
    const isOpen = await openVault()
    if (isOpen) await read()
    return isOpen
  }

  onMounted(read)
  const rows = computed(() =>
    (desk.value.customs.taxIds ?? []).map((each) => ({
      ...each,
      masked: masks.value === null ? null : (masks.value.get(each.id) ?? ''),
    })),
  )
  return { rows, locked, read, unlock }
}
