import { recipientBlocks, senderBlocks } from '#core/documents/address-blocks.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { drawRule, type Sheet } from '#core/documents/sheet.ts'
import { fitStack, placeStack, stackHeight } from '#core/documents/stack-text.ts'

const GUTTER = { x: 4, width: 9.5 }
const TEXT_X = 14
const TEXT_WIDTH = 82
const PADDING = 0.8
const MIN_SENDER_HEIGHT = 8.4
const CAPTION: TextStyle = { weight: 'bold', sizePt: 6.5, minPt: 5, maxLines: 1 }

function placeCaption(sheet: Sheet, words: { en: string; zh: string }, y: number): void {
  const row = (top: number) => ({ ...GUTTER, y: top, height: 2.8 })
  placeInRow(sheet, words.en, CAPTION, row(y), 'from.caption')
  placeInRow(sheet, words.zh, { ...CAPTION, weight: 'regular', sizePt: 6 }, row(y + 2.8), 'from.caption')
}

/**
 * Draws sender and recipient between two heights in mm, one above the other with a rule between them. The sender takes what it
 * needs, up to `maxSender`; the recipient has the rest.
 */
export function layoutAddresses(
  sheet: Sheet,
  input: LabelInput,
  top: number,
  bottom: number,
  maxSender: number,
): void {
  const sender = senderBlocks(sheet.metrics, input.from, TEXT_WIDTH)
  const recipient = recipientBlocks(sheet.metrics, input.to, TEXT_WIDTH)
  if (!sender.ok) sheet.issues.push(...sender.error)
  if (!recipient.ok) sheet.issues.push(...recipient.error)
  if (!sender.ok || !recipient.ok) return

  const senderTexts = fitStack(sheet.metrics, sender.value, TEXT_WIDTH, maxSender - 2 * PADDING)
  if (!senderTexts.ok) {
    sheet.issues.push(...senderTexts.error)
    return
  }
  const senderHeight = Math.max(MIN_SENDER_HEIGHT, stackHeight(senderTexts.value) + 2 * PADDING)
  const split = top + senderHeight
  const toBox = { x: TEXT_X, y: split + PADDING, width: TEXT_WIDTH, height: bottom - split - 2 * PADDING }
  const toTexts = fitStack(sheet.metrics, recipient.value, TEXT_WIDTH, toBox.height)
  if (!toTexts.ok) {
    sheet.issues.push(...toTexts.error)
    return
  }
  placeCaption(sheet, PAPER_WORDS.from, top + 0.9)
  placeStack(sheet, senderTexts.value, {
    x: TEXT_X,
    y: top + PADDING,
    width: TEXT_WIDTH,
    height: senderHeight - 2 * PADDING,
  })
  drawRule(sheet, 2, 98, split, 0.25)
  placeCaption(sheet, PAPER_WORDS.to, split + 0.9)
  placeStack(sheet, toTexts.value, toBox)
}
