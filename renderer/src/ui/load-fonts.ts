/**
 * Loads every face of the fonts while nobody waits. One that is asked for when its first letter comes on the screen has the browser lay out
 * all of the page anew, in the middle of scrolling.
 */
export function loadFonts(): void {
  requestIdleCallback(() => {
    for (const face of document.fonts) face.load().catch(() => undefined)
  })
}
