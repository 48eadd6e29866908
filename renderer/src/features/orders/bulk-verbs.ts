import type { BulkVerbKind } from '#renderer/data/bulk-records.ts'

/** What can be done with the selected orders. */
export type SelectionVerb = BulkVerbKind | 'export' | 'papers'

/** In the order of the bar: the first few as buttons, the others behind one. */
export const FIRST_VERBS: readonly SelectionVerb[] = [
  'hand-over',
  'label',
  'print',
  'papers',
  'tag',
  'assign',
  'park',
  'hold',
  'note',
]
export const MORE_VERBS: readonly SelectionVerb[] = ['release', 'bring-back', 'untag', 'void-label', 'export']

export const VERB_ICON: Readonly<Record<SelectionVerb, string>> = {
  hold: 'i-lucide-hand',
  release: 'i-lucide-play',
  park: 'i-lucide-circle-pause',
  'bring-back': 'i-lucide-undo-2',
  tag: 'i-lucide-tags',
  untag: 'i-lucide-eraser',
  assign: 'i-lucide-user-round-plus',
  note: 'i-lucide-sticky-note',
  label: 'i-lucide-tag',
  print: 'i-lucide-printer',
  'hand-over': 'i-lucide-truck',
  'void-label': 'i-lucide-ban',
  papers: 'i-lucide-files',
  export: 'i-lucide-file-down',
}
