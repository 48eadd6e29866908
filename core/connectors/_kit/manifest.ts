import { z } from '#core/contracts/zod.ts'
import { operations, type OperationName } from '#core/contracts/operations.ts'
import { MOST_IN_BATCH } from '#core/contracts/push-operations.ts'
import { text } from '#core/contracts/values.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { formatBaseUrl, parseBaseUrl } from '#core/connectors/_kit/base-url.ts'

/** `test-connection` is not a capability: every connector has it. */
export const CAPABILITIES = (Object.keys(operations) as OperationName[]).filter(
  (name): name is Capability => name !== 'test-connection',
)
export type Capability = Exclude<OperationName, 'test-connection'>

const fieldSchema = z.strictObject({
  /** Also the key of its label in locales/. */
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  kind: z.enum(['url', 'text', 'password']),
  required: z.boolean(),
})

const rateSchema = z.strictObject({
  requestsPerSecond: z.number().positive(),
  burst: z.number().int().positive(),
})

/** What a connector is, as data: screens, the runtime and the conformance suite read it; nothing here runs. */
export const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: text(60).min(1),
  kind: z.enum(['shop', 'marketplace', 'carrier', 'rates']),
  capabilities: z.array(z.enum(CAPABILITIES as [Capability, ...Capability[]])),
  /** Where requests may go; nowhere else. One that begins with `/` goes below the first setting that is set, else to the first host. */
  address: z.strictObject({
    /** Fixed hosts, https only; `*.example.com` is every host below. */
    hosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/)),
    /** Settings in which a person gives an address. */
    settings: z.array(text(40)),
  }),
  auth: z.enum(['none', 'session']),
  /** Its tokens end and only a person can renew them; absent where signing in again does. */
  renewedByHand: z.literal(true).optional(),
  /** Every change of an order moves its time of change: after a pull no order has to be read by its id. */
  changesAreDated: z.literal(true).optional(),
  /** Its terms let buyers' data be kept no longer than this after an order is over, days. */
  retentionDays: z.number().int().positive().optional(),
  settings: z.array(fieldSchema),
  secrets: z.array(fieldSchema),
  limits: z.strictObject({
    requestsPerSecond: z.number().positive(),
    burst: z.number().int().positive(),
    /** Requests of one connection on their way at once. */
    concurrency: z.number().int().positive(),
    maxPageSize: z.number().int().positive(),
    /** Requests that the remote counts apart, by their name: each has a bucket of its own beside the connection's. */
    rates: z.record(text(60), rateSchema).optional(),
    /** Orders that are read by id in one call of ours, where the remote gives them one by one; else as many as the contract allows. */
    readsAtOnce: z.number().int().positive().optional(),
    /** A change of a listing that the remote took may take so long to be carried out, seconds; absent where it is at once. */
    settleSeconds: z.number().int().positive().optional(),
    /** Changes that `push-prices` is worth its calls for, and that fit into one. */
    batch: z
      .strictObject({
        least: z.number().int().positive(),
        most: z.number().int().positive().max(MOST_IN_BATCH),
      })
      .optional(),
    /** Orders are not pulled more often by themselves, minutes. */
    leastPullMinutes: z.number().int().positive().optional(),
  }),
  api: z.strictObject({ version: text(60), checkedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
  /** JSON keys whose values are a buyer's; masked in traces. */
  personalKeys: z.array(text(60)),
})
export type Manifest = z.infer<typeof manifestSchema>

/**
 * Settings as they may be stored and used: every field known, required ones there, addresses in one form.
 * Fails with one `invalid-input` per field: reasons `missing`, `unknown-setting`, `address-shape`, `address-not-https`.
 */
export function checkSettings(
  manifest: Manifest,
  typed: Readonly<Record<string, string>>,
): Result<Record<string, string>, Issue[]> {
  const issues: Issue[] = []
  const settings: Record<string, string> = {}
  for (const key of Object.keys(typed)) {
    const known = manifest.settings.some((field) => field.key === key)
    if (!known) issues.push(issue('invalid-input', { reason: 'unknown-setting', field: key }))
  }
  for (const field of manifest.settings) {
    const value = (typed[field.key] ?? '').trim()
    if (value === '') {
      if (field.required) issues.push(issue('invalid-input', { reason: 'missing', field: field.key }))
      continue
    }
    if (field.kind !== 'url') {
      settings[field.key] = value
      continue
    }
    const base = parseBaseUrl(value, field.key)
    if (base.ok) settings[field.key] = formatBaseUrl(base.value)
    else issues.push(base.error)
  }
  return issues.length > 0 ? err(issues) : ok(settings)
}
