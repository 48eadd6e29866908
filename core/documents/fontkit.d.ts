/** The part of fontkit 2.0 that documents use; the same engine pdfkit draws with. */
declare module 'fontkit' {
  export interface Font {
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    glyphForCodePoint(codePoint: number): { readonly id: number }
    layout(
      text: string,
      features?: Record<string, boolean>,
      script?: string,
      language?: string,
      direction?: 'ltr' | 'rtl',
    ): { readonly advanceWidth: number }
  }

  export function create(bytes: Uint8Array): Font
}
