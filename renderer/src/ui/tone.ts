/** Status by meaning: amber waits for you, red is refused, green is confirmed, blue is on its way, grey is local or done. */
export type Tone = 'waiting' | 'refused' | 'confirmed' | 'moving' | 'quiet'

export const TONE_TEXT: Record<Tone, string> = {
  waiting: 'text-warning',
  refused: 'text-error',
  confirmed: 'text-success',
  moving: 'text-info',
  quiet: 'text-muted',
}

export const TONE_ICON: Record<Tone, string> = {
  waiting: 'i-lucide-triangle-alert',
  refused: 'i-lucide-octagon-x',
  confirmed: 'i-lucide-circle-check',
  moving: 'i-lucide-arrow-up-right',
  quiet: 'i-lucide-circle-dashed',
}
