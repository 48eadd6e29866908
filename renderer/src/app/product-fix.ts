import { useTranslation } from 'i18next-vue'
import { ok, type Result } from '#core/shared/result.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { undoProductContents, type EditedContents } from '#renderer/usecases/edit-product-contents.ts'
import { undoProductCustoms, type EditedProduct } from '#renderer/usecases/edit-product-customs.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** What was done to a product, and how to take it back. */
interface Fix<Edited> {
  /** Says what it came to. */
  text: (edited: Edited) => string
  undo: (context: UseCaseContext<never>, edited: Edited) => Promise<Result<unknown>>
  undone: (edited: Edited) => string
}

/** Says what a change of a product came to for all its open orders, with one way back; whether it was written. */
function useFix<Edited>({ text, undo, undone }: Fix<Edited>) {
  const { context } = useWorkspace()
  const notices = useNotices()
  return (result: Result<Edited>, after?: () => unknown): boolean => {
    const edited = result.ok ? result.value : null
    return (
      notices.settle(result, edited === null ? undefined : text(edited), async () => {
        if (edited === null) return
        const back = await undo(context, edited)
        notices.settle(back.ok ? ok(null) : back, undone(edited))
        after?.()
      }) !== null
    )
  }
}

/** For customs facts. */
export function useProductFix(): (result: Result<EditedProduct>, after?: () => unknown) => boolean {
  const { t } = useTranslation()
  return useFix<EditedProduct>({
    text: ({ sku, changedOrders: count, freedOrders: freed }) => t('customs:saved', { sku, count, freed }),
    undo: undoProductCustoms,
    undone: ({ sku }) => t('customs:taken-back', { sku }),
  })
}

/** For what a bundle holds. */
export function useContentsFix(): (result: Result<EditedContents>, after?: () => unknown) => boolean {
  const { t } = useTranslation()
  return useFix<EditedContents>({
    text: ({ sku, changedOrders: count, freedOrders: freed }) =>
      t('customs:bundle.saved', { sku, count, freed }),
    undo: undoProductContents,
    undone: ({ sku }) => t('customs:bundle.taken-back', { sku }),
  })
}
