import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import { maskId, readSellerId, type SellerIdKind } from '#core/customs/tax-ids/seller-id.ts'
import type { Result } from '#core/shared/result.ts'
import { ok } from '#core/shared/result.ts'
import type { Vault } from '#main/secrets/vault.ts'

export interface TaxIdStore {
  /** Issues: those of readSellerId() and of the vault. */
  save(typed: { id: string; kind: SellerIdKind; country: string; number: string }): Promise<Result<Nothing>>
  remove(id: string): Promise<Result<Nothing>>
  list(): Promise<Result<ChannelOutput<'tax-ids.list'>['numbers']>>
  /** For papers that main draws; nothing that answers a page may call it. */
  read(): Promise<Result<ReadonlyMap<string, string>>>
}

/** No connection can have this name (core/contracts/values.ts), so no channel reaches the entry. */
const ENTRY = '@tax-ids'

/** The seller's tax ids, in one entry of the vault. */
export function createTaxIdStore(vault: Pick<Vault, 'read' | 'update'>): TaxIdStore {
  const read = async (): Promise<Result<ReadonlyMap<string, string>>> => {
    const stored = await vault.read()
    if (!stored.ok) return stored
    const entry = Object.hasOwn(stored.value, ENTRY) ? stored.value[ENTRY] : undefined
    return ok(new Map(Object.entries(entry?.secrets ?? {})))
  }
  const change = (edit: (numbers: Map<string, string>) => void): Promise<Result<Nothing>> =>
    vault.update((entries) => {
      const numbers = new Map(
        Object.entries(Object.hasOwn(entries, ENTRY) ? (entries[ENTRY]?.secrets ?? {}) : {}),
      )
      edit(numbers)
      return { ...entries, [ENTRY]: { connectorId: '', settings: {}, secrets: Object.fromEntries(numbers) } }
    })
  return {
    read,
    async save({ id, kind, country, number }) {
      const clean = readSellerId(kind, country, number)
      return clean.ok ? change((numbers) => numbers.set(id, clean.value)) : clean
    },
    remove: (id) => change((numbers) => numbers.delete(id)),
    async list() {
      const numbers = await read()
      if (!numbers.ok) return numbers
      return ok([...numbers.value].map(([id, number]) => ({ id, masked: maskId(number) })))
    },
  }
}
