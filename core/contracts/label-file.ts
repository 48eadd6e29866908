import { MEDIA_PRESETS, type MediaPresetId } from '#core/documents/media-presets.ts'
import { LABEL_FILE_MEDIA, LABEL_MIMES } from '#core/documents/label-file.ts'
import { PRINT_FORMATS } from '#core/documents/print-head.ts'
import { text } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'

/** A label that somebody else made: a carrier's file, or one that is stored here. */

/** Carriers' labels have some 100 kB; more is a mistake. */
export const MOST_LABEL_BYTES = 8 * 2 ** 20
/** Pages that are shown. */
export const MOST_LABEL_PAGES = 4

const bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MOST_LABEL_BYTES,
)
const dots = z.number().int().positive()

export const labelFileChannels = {
  /**
   * Opens a label in PDF or ZPL. A PDF is cut out and put on a medium where `fit` says how; ZPL comes back byte for byte. `pages` are the dots
   * that a printer of that format burns; none for ZPL that is more than pictures.
   */
  'documents.open-label': {
    input: z.strictObject({
      bytes,
      fit: z
        .strictObject({
          preset: z.enum(Object.keys(MEDIA_PRESETS) as [MediaPresetId, ...MediaPresetId[]]),
          medium: z.enum(LABEL_FILE_MEDIA),
        })
        .nullable(),
      format: z.enum(PRINT_FORMATS),
    }),
    output: z.object({
      bytes,
      sha256: text(64),
      mime: z.enum(LABEL_MIMES),
      /** How many there are; the first few are in `pages`. */
      pageCount: z.number().int().nonnegative(),
      pages: z
        .array(
          z.object({ width: dots, height: dots, bits: z.custom<Uint8Array>((v) => v instanceof Uint8Array) }),
        )
        .max(MOST_LABEL_PAGES),
      /** What ZPL says of its size where its commands are not drawn: dots, as far as it says them. */
      size: z.object({ width: dots.nullable(), length: dots.nullable() }).nullable(),
      /** The beginning of ZPL whose commands are not drawn; '' otherwise. */
      text: text(4000),
    }),
  },
} as const
