import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { VaultQuestion } from '#renderer/app/vault-question.ts'

/** Whether the secrets' vault must be opened by a person before the next step. */
export const useVault = defineStore('vault', () => {
  const asking = ref<VaultQuestion | null>(null)
  let answer: ((ready: boolean) => void) | null = null

  /** Shows the gate; true once the vault is open, false when the person turned away. */
  function ask(state: VaultQuestion): Promise<boolean> {
    answer?.(false)
    asking.value = state
    return new Promise((resolve) => (answer = resolve))
  }

  function close(ready: boolean): void {
    asking.value = null
    answer?.(ready)
    answer = null
  }

  return { asking, ask, close }
})
