const ABSOLUTE = /^(https?):\/\/([^/?#\\@\s]+)(\/[^\s\\]*)?$/i
const ORIGIN = /^(https?:\/\/[^/]+)/

/**
 * Address of a listing's small picture: https anywhere, or plain http on the shop's own host; '' for anything else. A shop
 * without an asset server sends a bare path of its storage, whose address nobody knows.
 */
export function pictureUrl(preview: string, baseUrl: string): string {
  const origin = ORIGIN.exec(baseUrl)?.[1] ?? ''
  const whole = /^\/(?!\/)[^\s\\]*$/.test(preview) ? `${origin}${preview}` : preview
  const found = ABSOLUTE.exec(whole)
  if (found === null || whole.length > MOST_CHARACTERS) return ''
  const [, scheme = '', host = ''] = found
  const own = `${scheme}://${host}`.toLowerCase() === origin.toLowerCase()
  if (scheme.toLowerCase() !== 'https' && !own) return ''
  // Vendure's asset server cuts this size from its default presets; a query that is there already may be a signature.
  return whole.includes('?') || whole.includes('#') ? whole : `${whole}?preset=thumb`
}

/** As the contract has it, less what is added. */
const MOST_CHARACTERS = 1_900
