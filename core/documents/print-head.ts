/** Dots per inch of thermal heads that labels are made for. */
export const DPIS = [203, 300] as const
export type Dpi = (typeof DPIS)[number]

/** Side of one dot, in mm. */
export function dotMm(dpi: Dpi): number {
  return 25.4 / dpi
}

/**
 * Dots per module of the item number's barcode: 0.375 mm and 0.339 mm. UPU S10 allows 0.25 to 0.51 and recommends 0.33 or more; the next
 * wider one at 300 dpi (0.423 mm) would leave no quiet zone on a label.
 */
export const MODULE_DOTS: Readonly<Record<Dpi, number>> = { 203: 3, 300: 4 }

/** The position nearest to one that falls on a dot. */
export function onDots(mm: number, dpi: Dpi): number {
  return Math.round(mm / dotMm(dpi)) * dotMm(dpi)
}

/** What a printer is sent: the PDF as it is, or its pages as pictures in ZPL for a head of that many dots per inch. */
export const PRINT_FORMATS = ['pdf', 'zpl-203', 'zpl-300'] as const
export type PrintFormat = (typeof PRINT_FORMATS)[number]

/** The head that labels are drawn for; a printer that takes PDF is taken for one of 203 dpi, which most are. */
export function headOf(format: PrintFormat | undefined): Dpi {
  return format === 'zpl-300' ? 300 : 203
}
