import { useTranslation } from 'i18next-vue'
import type { OrderRow } from '#core/order/order-row.ts'
import { useFindingText } from '#renderer/app/finding-text.ts'

/** What the sentence is made of; a slim row has it, and so has an order once `toOrderRow` saw it. */
export type BlockedFacts = Pick<OrderRow, 'blocked' | 'blockedField' | 'blockedDetail'>

/** Why an order is blocked, naming the thing where it is known: "HS code of MUG-BLU is missing". */
export function useBlockedText(): (row: BlockedFacts) => string {
  const { t } = useTranslation()
  const finding = useFindingText()
  const look = t as unknown as (key: string, values: Record<string, unknown>) => string

  function address(reason: string, field: string): string {
    const part = look(`app:address.${field.replace(/^shipTo\./, '')}`, {})
    return reason === 'missing'
      ? t('orders:blocked-address.missing', { part })
      : finding(`address-${reason}`, '')
  }

  function customs({ reason, detail, sku }: NonNullable<OrderRow['blockedDetail']>): string {
    const text = finding(reason, detail)
    if (sku === '') return text
    switch (reason) {
      case 'description-missing':
      case 'hs-missing':
      case 'origin-missing':
      case 'weight-unknown':
        return t(`orders:blocked-customs.${reason}`, { sku })
      default:
        return t('orders:blocked-customs.other', { sku, text })
    }
  }

  return ({ blocked, blockedField, blockedDetail }) => {
    if (blocked === null) return ''
    // A row written by an earlier version has no detail.
    if (!blockedDetail) return t(`orders:blocked.${blocked}`)
    return blocked === 'address-incomplete'
      ? address(blockedDetail.reason, blockedField)
      : customs(blockedDetail)
  }
}
