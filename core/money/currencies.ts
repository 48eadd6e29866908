import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

/**
 * Digits of the minor unit in which an amount is stored, after ISO 4217 (list of 2024-06-25, npm
 * currency-codes 2.2.0, plus XCG; withdrawn BGN, HRK, ANG, CUC stay readable for old orders). Never taken
 * from `Intl`: ICU shows 0 digits for IDR, HUF, COP, PKR and others where ISO says 2 (customs-pricing.md
 * 3.1). Metals, SDR and test codes are not money here.
 */
const CODES_BY_EXPONENT: readonly (readonly [exponent: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [
    2,
    `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
     CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF
     IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
     MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
     STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
]

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, exponent]),
  ),
)

/** Every currency an amount can be stored in, sorted. */
export const CURRENCY_CODES: readonly string[] = [...EXPONENTS.keys()].sort()

/** True for a currency of {@link CURRENCY_CODES}; upper case only. */
export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code)
}

/**
 * Digits of the minor unit (JPY 0, EUR 2, KWD 3). For codes from outside. Fails with
 * `invalid-input.currency-unknown`.
 */
export function findExponent(code: string): Result<number> {
  const exponent = EXPONENTS.get(code)
  if (exponent === undefined)
    return err(issue('invalid-input', { reason: 'currency-unknown', field: 'currency' }))
  return ok(exponent)
}

/** As {@link findExponent}, for codes already checked; throws RangeError on an unknown one. */
export function exponentOf(code: string): number {
  const exponent = EXPONENTS.get(code)
  if (exponent === undefined) throw new RangeError(`not a currency of this desk: ${JSON.stringify(code)}`)
  return exponent
}
