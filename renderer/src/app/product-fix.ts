import { useTranslation } from 'i18next-vue'
import { ok, type Result } from '#core/shared/result.ts'
import { undoProductCustoms, type EditedProduct } from '#renderer/usecases/edit-product-customs.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Says what customs facts of a product came to for all its open orders, with one way back; whether they were written. */
export function useProductFix(): (result: Result<EditedProduct>, after?: () => unknown) => boolean {
  const { t } = useTranslation()
  const { context } = useWorkspace()
  const notices = useNotices()
  return (result, after) => {
    const edited = result.ok ? result.value : null
    const text = t('customs:saved', {
      sku: edited?.sku,
      count: edited?.changedOrders ?? 0,
      freed: edited?.freedOrders ?? 0,
    })
    return (
      notices.settle(result, text, async () => {
        if (edited === null) return
        const back = await undoProductCustoms(context, edited)
        notices.settle(back.ok ? ok(null) : back, t('customs:taken-back', { sku: edited.sku }))
        after?.()
      }) !== null
    )
  }
}
