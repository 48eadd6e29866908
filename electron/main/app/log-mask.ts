/** Field names whose values are about people or open doors; never written, whatever they hold. */
const PRIVATE_FIELD =
  /name|mail|phone|address|street|line[12]|city|region|postcode|zip|passw|passphrase|secret|token|cookie|auth|credential|key|body/i

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/(https?:\/\/)[^\s/@]*@/gi, '$1***@'],
  [/(\bhttps?:\/\/[^\s?#]+)[?#]\S*/gi, '$1?***'],
  [/[^\s@<>"'(]+@[^\s@<>"')]+\.[^\s@<>"'),]+/g, '***@***'],
  // JSON and query pieces that name a secret.
  [
    /("?\b[\w-]*(?:token|secret|passw\w*|api[_-]?key|authorization)"?\s*[:=]\s*)("[^"]*"|[^\s,;&}]+)/gi,
    '$1***',
  ],
  // Long runs that mix letters and digits: tokens, signatures, keys.
  [/\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}\b/gi, '***'],
  [/(?<![\w.])\+?\d[\d\s().-]{6,}\d(?![\w.])/g, '***'],
  [/(?<=[/\\](?:home|Users)[/\\])[^/\\\s:]+/g, '***'],
]

/** Takes e-mails, phone numbers, tokens, credentials in addresses and names of accounts out of a line. */
export function maskText(text: string): string {
  return PATTERNS.reduce((line, [pattern, mask]) => line.replace(pattern, mask), text)
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The same for named values: a value is dropped by its field's name, else masked as text. */
export function maskFields(fields: LogFields): Record<string, string | number | boolean | null> {
  const masked: Record<string, string | number | boolean | null> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue
    if (typeof value !== 'string') masked[field] = value
    else masked[field] = PRIVATE_FIELD.test(field) ? '***' : maskText(value)
  }
  return masked
}
