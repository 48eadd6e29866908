import type { ConsigneeIdNeed } from '#core/customs/rules/rule.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Kinds of recipients' numbers that have a name on the screen. */
export const CONSIGNEE_IDS = [
  'kr-pccc',
  'br-cpf-cnpj',
  'mx-rfc-curp',
  'tr-tckn',
  'id-nik-npwp',
  'sa-national-id',
] as const

const LONGEST = 60

/**
 * A recipient's number as typed, in one form; '' for none. Checked against the destination's pattern where its rule has one. Issues: `invalid-input`
 * consignee-id-invalid, field consigneeId.
 */
export function readConsigneeId(text: string, need: ConsigneeIdNeed | null): Result<string> {
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const pattern = need?.pattern ?? null
  const fits = number === '' || pattern === null || pattern.test(number)
  return fits && number.length <= LONGEST
    ? ok(number)
    : err(issue('invalid-input', { reason: 'consignee-id-invalid', field: 'consigneeId' }))
}
