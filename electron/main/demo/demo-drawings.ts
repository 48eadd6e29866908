/** Drawings of the demo's goods, on a square of 100 by 100: plain shapes, one upon the other. */

/** `body`, `dark` and `light` are three shades of the article's colour; `paper` is the ground. */
export type Tone = 'body' | 'dark' | 'light' | 'paper'

export type Shape =
  | readonly ['box', Tone, x: number, y: number, width: number, height: number, radius: number]
  | readonly ['oval', Tone, x: number, y: number, radiusX: number, radiusY: number]
  | readonly ['ring', Tone, x: number, y: number, radius: number, width: number]
  | readonly ['line', Tone, x1: number, y1: number, x2: number, y2: number, width: number]
  | readonly ['poly', Tone, ...points: number[]]

// prettier-ignore
export const DEMO_DRAWINGS: Readonly<Record<string, readonly Shape[]>> = {
  MUG: [['ring', 'body', 68, 52, 13, 6], ['box', 'body', 26, 28, 42, 48, 8], ['box', 'light', 26, 28, 42, 8, 4]],
  TEA: [['ring', 'body', 72, 54, 12, 5], ['poly', 'body', 32, 62, 12, 40, 18, 37, 38, 48], ['oval', 'body', 48, 56, 26, 22], ['oval', 'dark', 48, 35, 15, 4], ['oval', 'dark', 48, 29, 4, 4]],
  TSH: [['poly', 'body', 34, 24, 66, 24, 90, 40, 80, 54, 70, 48, 70, 80, 30, 80, 30, 48, 20, 54, 10, 40], ['oval', 'paper', 50, 23, 10, 8], ['line', 'dark', 32, 74, 68, 74, 2]],
  SCF: [['poly', 'body', 50, 14, 86, 50, 50, 86, 14, 50], ['poly', 'light', 50, 24, 76, 50, 50, 76, 24, 50], ['poly', 'dark', 50, 38, 62, 50, 50, 62, 38, 50]],
  WSC: [['box', 'body', 30, 16, 20, 62, 4], ['box', 'dark', 46, 16, 22, 50, 4], ['line', 'light', 46, 56, 68, 56, 4], ['line', 'light', 30, 68, 50, 68, 4], ['line', 'body', 34, 76, 34, 86, 3], ['line', 'body', 40, 76, 40, 86, 3], ['line', 'body', 46, 76, 46, 86, 3], ['line', 'dark', 52, 66, 52, 76, 3], ['line', 'dark', 58, 66, 58, 76, 3], ['line', 'dark', 64, 66, 64, 76, 3]],
  CBL: [['ring', 'body', 50, 50, 25, 6], ['ring', 'dark', 50, 50, 17, 4], ['box', 'dark', 68, 62, 11, 18, 3], ['box', 'light', 71, 79, 5, 8, 1], ['box', 'dark', 21, 20, 11, 18, 3], ['box', 'light', 24, 12, 5, 8, 1]],
  BAG: [['ring', 'dark', 50, 36, 15, 4], ['poly', 'body', 24, 38, 76, 38, 82, 84, 18, 84], ['line', 'light', 25, 46, 75, 46, 3]],
  WAL: [['box', 'dark', 16, 28, 68, 46, 6], ['box', 'body', 16, 34, 68, 42, 6], ['box', 'light', 62, 48, 22, 14, 6], ['oval', 'dark', 70, 55, 3, 3]],
  NTB: [['box', 'body', 26, 16, 48, 68, 4], ['box', 'dark', 26, 16, 9, 68, 4], ['box', 'light', 42, 28, 24, 12, 2], ['line', 'light', 68, 16, 68, 84, 2]],
  PEN: [['line', 'body', 28, 72, 72, 28, 9], ['line', 'dark', 64, 36, 74, 26, 9], ['line', 'light', 56, 50, 70, 36, 2], ['poly', 'dark', 24, 68, 32, 76, 18, 82]],
  CMB: [['box', 'body', 14, 34, 72, 18, 8], ...[18, 26, 34, 42, 50, 58, 66, 74, 82].map((x): Shape => ['line', 'dark', x, 50, x, 70, 4])],
  CHP: [['poly', 'body', 24, 16, 30, 14, 46, 86, 44, 86], ['poly', 'dark', 38, 14, 44, 14, 50, 86, 48, 86], ['poly', 'body', 56, 14, 62, 14, 54, 86, 52, 86], ['poly', 'dark', 70, 14, 76, 16, 58, 86, 56, 86]],
  FLK: [['box', 'body', 36, 30, 28, 56, 6], ['box', 'dark', 39, 14, 22, 14, 3], ['box', 'light', 36, 62, 28, 5, 0]],
  LMP: [['oval', 'dark', 42, 82, 20, 5], ['line', 'dark', 42, 80, 32, 54, 4], ['line', 'dark', 32, 54, 58, 32, 4], ['poly', 'body', 50, 26, 66, 20, 84, 44, 56, 52], ['oval', 'light', 70, 48, 14, 5]],
  TMB: [['poly', 'light', 16, 34, 46, 34, 42, 78, 20, 78], ['poly', 'body', 18, 52, 44, 52, 42, 78, 20, 78], ['poly', 'light', 54, 34, 84, 34, 80, 78, 58, 78], ['poly', 'body', 56, 44, 82, 44, 80, 78, 58, 78]],
  PUZ: [['box', 'light', 20, 20, 60, 60, 4], ['box', 'body', 20, 20, 30, 30, 3], ['box', 'body', 50, 50, 30, 30, 3], ['oval', 'body', 53, 35, 7, 7], ['oval', 'light', 65, 53, 7, 7], ['oval', 'body', 47, 65, 7, 7], ['oval', 'light', 35, 47, 7, 7]],
  UMB: [['line', 'dark', 50, 18, 50, 78, 3], ['oval', 'body', 50, 50, 38, 32], ['box', 'paper', 10, 50, 80, 34, 0], ['oval', 'paper', 24, 51, 13, 6], ['oval', 'paper', 50, 51, 13, 6], ['oval', 'paper', 76, 51, 13, 6], ['line', 'dark', 50, 45, 50, 78, 3], ['line', 'dark', 50, 79, 58, 79, 4]],
  SUN: [['line', 'dark', 12, 40, 88, 40, 4], ['box', 'body', 14, 38, 32, 26, 12], ['box', 'body', 54, 38, 32, 26, 12], ['line', 'light', 22, 46, 30, 46, 3], ['line', 'light', 62, 46, 70, 46, 3]],
  WCH: [['box', 'dark', 39, 10, 22, 80, 5], ['oval', 'body', 50, 50, 25, 25], ['oval', 'light', 50, 50, 19, 19], ['line', 'dark', 50, 50, 50, 37, 3], ['line', 'dark', 50, 50, 59, 54, 3]],
  CSH: [['poly', 'body', 16, 18, 50, 23, 84, 18, 79, 50, 84, 82, 50, 77, 16, 82, 21, 50], ['line', 'light', 30, 30, 70, 70, 4], ['line', 'light', 70, 30, 30, 70, 4], ['oval', 'dark', 50, 50, 4, 4]],
  TWL: [['box', 'body', 28, 18, 44, 66, 3], ['line', 'dark', 18, 20, 82, 20, 5], ['line', 'light', 28, 62, 72, 62, 4], ['line', 'light', 28, 71, 72, 71, 4]],
  CAP: [['oval', 'body', 46, 54, 29, 28], ['box', 'paper', 10, 56, 80, 30, 0], ['poly', 'dark', 22, 55, 72, 55, 92, 62, 90, 66, 22, 61], ['oval', 'dark', 46, 27, 4, 3], ['line', 'light', 46, 30, 46, 54, 2]],
  SOX: [['poly', 'body', 30, 14, 50, 14, 50, 54, 66, 68, 64, 80, 50, 82, 30, 62], ['poly', 'dark', 54, 14, 74, 14, 74, 50, 88, 64, 86, 76, 74, 78, 54, 56], ['box', 'light', 30, 14, 20, 8, 0], ['box', 'light', 54, 14, 20, 8, 0]],
  CRD: [['poly', 'dark', 22, 30, 78, 18, 88, 60, 32, 72], ['box', 'body', 16, 34, 62, 44, 3], ['box', 'light', 60, 40, 12, 14, 1], ['line', 'light', 24, 60, 52, 60, 2], ['line', 'light', 24, 68, 46, 68, 2]],
  KEY: [['ring', 'dark', 38, 36, 18, 5], ['oval', 'body', 58, 58, 10, 10], ['line', 'body', 60, 60, 80, 80, 7], ['line', 'body', 74, 74, 80, 68, 5], ['oval', 'paper', 55, 55, 3, 3]],
  CLK: [['oval', 'dark', 50, 50, 38, 38], ['oval', 'light', 50, 50, 32, 32], ['line', 'dark', 50, 50, 50, 28, 4], ['line', 'dark', 50, 50, 66, 58, 4], ['oval', 'body', 50, 50, 4, 4], ['oval', 'body', 50, 23, 2, 2], ['oval', 'body', 77, 50, 2, 2], ['oval', 'body', 50, 77, 2, 2], ['oval', 'body', 23, 50, 2, 2]],
  PLS: [['oval', 'dark', 28, 36, 14, 7], ['oval', 'dark', 30, 70, 13, 7], ['oval', 'dark', 62, 34, 14, 7], ['oval', 'dark', 60, 72, 13, 7], ['oval', 'dark', 82, 52, 11, 9], ['oval', 'body', 46, 53, 29, 22], ['oval', 'light', 46, 53, 14, 11], ['oval', 'paper', 85, 49, 2, 2]],
  SOP: [['box', 'dark', 16, 46, 68, 32, 12], ['box', 'body', 16, 38, 68, 34, 12], ['oval', 'light', 50, 55, 18, 8], ['oval', 'light', 72, 24, 6, 6], ['oval', 'light', 60, 16, 4, 4]],
}
