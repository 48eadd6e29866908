/** The part of pdfkit 0.20 that documents use; lengths in points, origin top left. */
declare module 'pdfkit' {
  import type { Font } from 'fontkit'

  interface TextOptions {
    lineBreak: false
    baseline: 'alphabetic'
    fill?: boolean
    stroke?: boolean
  }

  interface DocumentOptions {
    size: [width: number, height: number]
    margin: number
    /** Null keeps pdfkit from loading Helvetica. */
    font: null
    autoFirstPage: boolean
    pdfVersion: '1.7'
    lang: string
    displayTitle: boolean
    info: Record<string, string | Date>
  }

  export default class PDFDocument {
    constructor(options: Partial<DocumentOptions>)
    on(event: 'data', listener: (chunk: Uint8Array) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (cause: unknown) => void): this
    registerFont(name: string, font: Font): this
    font(name: string): this
    fontSize(sizePt: number): this
    addPage(options: Pick<DocumentOptions, 'size' | 'margin'>): this
    text(text: string, x: number, y: number, options: TextOptions): this
    rect(x: number, y: number, width: number, height: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    lineWidth(width: number): this
    lineCap(cap: 'butt'): this
    stroke(): this
    fill(): this
    fillColor(color: string): this
    strokeColor(color: string): this
    save(): this
    restore(): this
    rotate(degrees: number, options: { origin: [x: number, y: number] }): this
    markContent(tag: 'Span', options: { actual: string }): this
    endMarkedContent(): this
    end(): void
  }
}
