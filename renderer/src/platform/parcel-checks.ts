import parcelChecks from '../../../resources/parcel-checks.json' with { type: 'json' }
import { prepareChecks, type ParcelChecks } from '#core/customs/parcel-checks.ts'

let prepared: ParcelChecks | null = null

/** Limits of forms and watched goods that come with this build; read once. */
export function builtInChecks(): ParcelChecks {
  prepared ??= prepareChecks(parcelChecks)
  return prepared
}
