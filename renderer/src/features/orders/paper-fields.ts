/** The field of the order's panel behind a field of its paper; '' where it is none of the order's. */
export function fieldBehind(field: string | undefined): string {
  const [side = '', ...rest] = (field ?? '').split('.')
  if (side === 'to' || side === 'shipTo') return ['shipTo', ...rest].join('.')
  if (side === 'declaration' || side === 'lines') return 'lines'
  return ''
}
