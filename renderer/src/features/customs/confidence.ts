import type { Confidence } from '#core/customs/rules/rule.ts'
import type { Tone } from '#renderer/ui/tone.ts'

/** How sure a rule is, at a glance; only what should be looked at asks for it. */
export const CONFIDENCE_TONE: Record<Confidence, Tone> = { high: 'quiet', medium: 'quiet', low: 'waiting' }

export const CONFIDENCE_ICON: Record<Confidence, string> = {
  high: 'i-lucide-signal-high',
  medium: 'i-lucide-signal-medium',
  low: 'i-lucide-signal-low',
}
