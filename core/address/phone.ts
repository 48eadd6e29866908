import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

/** E.164 allows 15 digits; with punctuation, prefixes and an extension nothing real is longer than this. */
const LONGEST = 60

/**
 * A phone number as written, in E.164 (`+8613800138000`); national numbers are read as of `country` (ISO
 * 3166-1 alpha-2). An extension is dropped: E.164 has none. Fails with `invalid-input` phone-missing or
 * phone-invalid, field `phone`. Metadata: libphonenumber-js/min, so type (mobile or not) is unknown here.
 */
export function toE164(phone: string, country: string): Result<string> {
  const text = phone.normalize('NFKC').trim()
  if (text === '') return refuse('phone-missing')
  if (text.length > LONGEST) return refuse('phone-invalid')
  const parsed = parsePhoneNumberFromString(text, {
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
    extract: false,
  })
  return parsed?.isValid() === true ? ok(parsed.number) : refuse('phone-invalid')
}

function refuse(reason: string): Result<never> {
  return err(issue('invalid-input', { reason, field: 'phone' }))
}
