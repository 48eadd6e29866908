/** Field names whose values are about people or open doors; never written, whatever they hold. */
const PRIVATE_FIELD =
  /name|mail|phone|address|street|line[12]|city|region|postcode|zip|passw|passphrase|secret|token|cookie|auth|credential|key|body|consignee|tax_?id|vat_?(?:id|no)|eori|pccc|cpf|cnpj|curp/i

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
  // Numbers of recipients and tax offices: PCCC, IOSS, RFC, CURP.
  [/\b(?:P\d{12}|IM\d{10}|[A-ZÑ&]{3,4}\d{6}(?:[A-Z0-9]{3}|[HMX][A-Z]{5}[A-Z0-9]\d))\b/g, '***'],
  [/(?<![\w.])\+?\d[\d\s().-]{6,}\d(?![\w.])/g, '***'],
  [/(?<=[/\\](?:home|Users)[/\\])[^/\\\s:]+/g, '***'],
]

/** Takes e-mails, phone numbers, tokens, credentials in addresses and names of accounts out of a line. */
export function maskText(text: string): string {
  return PATTERNS.reduce((line, [pattern, mask]) => line.replace(pattern, mask), text)
}

/** True for the name of a field whose value is about a person or opens a door. */
export function isPrivateField(name: string): boolean {
  return PRIVATE_FIELD.test(name)
}

/**
 * A copy of a foreign body that may be shown: its form stays (what is text, a number, missing), what a private field holds does
 * not, and every other text is masked as `maskText` does. For looking why something did not parse.
 */
export function maskBody(value: unknown, isPrivate = false): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((each) => maskBody(each, isPrivate))
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, maskBody(each, isPrivate || isPrivateField(key))]),
    )
  if (typeof value !== 'string') return isPrivate ? '***' : value
  if (!isPrivate) return maskText(value)
  return value === '' ? '' : `*** (${value.length})`
}
