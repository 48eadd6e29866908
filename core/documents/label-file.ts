/** Kinds of files in which carriers send labels. */
export const LABEL_MIMES = ['application/pdf', 'application/zpl'] as const
export type LabelMime = (typeof LABEL_MIMES)[number]

/** What a carrier's label is put on. */
export const LABEL_FILE_MEDIA = ['label-100x150', 'label-4x6', 'a6'] as const
export type LabelFileMedium = (typeof LABEL_FILE_MEDIA)[number]
