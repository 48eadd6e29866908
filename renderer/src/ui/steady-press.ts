/** How far a pointer may go while it is down before its press is none any more, in px. */
const SLACK_PX = 12

/**
 * A button that was pressed hears of the release although it moved meanwhile. A press takes a tenth of a second, and in that time the field
 * that it takes the keyboard from is kept: a line appears under it, and without this the button below would slip away from the pointer
 * and the click would be lost. As ever, whoever moves the pointer away takes the press back.
 */
export function steadyPresses(root: Document): void {
  root.addEventListener(
    'pointerdown',
    ({ target, button, pointerId, clientX, clientY }) => {
      const pressed = button === 0 && target instanceof Element ? target.closest('button') : null
      if (pressed === null) return
      const ended = new AbortController()
      const { signal } = ended
      const moved = (now: PointerEvent): void => {
        if (Math.hypot(now.clientX - clientX, now.clientY - clientY) <= SLACK_PX) return
        ended.abort()
        pressed.releasePointerCapture(pointerId)
      }
      pressed.setPointerCapture(pointerId)
      pressed.addEventListener('pointermove', moved, { signal })
      pressed.addEventListener('lostpointercapture', () => ended.abort(), { signal })
    },
    // Before whatever else hears of it and may want the pointer for itself.
    { capture: true },
  )
}
