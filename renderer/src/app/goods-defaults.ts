import { computed, type ComputedRef } from 'vue'
import { useDesk } from '#renderer/app/desk.ts'
import type { CustomsDraft } from '#renderer/ui/customs-draft.ts'

/** What holds for all goods, for the empty fields of a form: it counts where nothing is typed, and is not copied to the product. */
export function useGoodsDefaults(
  value: () => string,
): ComputedRef<Partial<Record<keyof CustomsDraft, string>>> {
  const desk = useDesk()
  return computed(() => {
    const {
      description = '',
      descriptionLocal = '',
      hs6 = '',
      origin = '',
      responsible = '',
    } = desk.value.customs.defaults ?? {}
    return { description, descriptionLocal, hs6, origin, responsible, value: value() }
  })
}
