import { onScopeDispose } from 'vue'
import type { CommandRegistry } from '#renderer/app/commands.ts'
import { createKeymap } from '#renderer/app/keymap.ts'

/** Connects the window's keys to the registry. */
export function useKeymap(registry: CommandRegistry): void {
  const keymap = createKeymap(() => performance.now(), navigator.platform.startsWith('Mac'))

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || pressesControl(event)) return
    const bindings = registry
      .available()
      .flatMap((command) => (command.shortcut ? [{ id: command.id, shortcut: command.shortcut }] : []))
    const found = keymap.press(
      {
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        shiftKey: event.shiftKey,
        repeat: event.repeat,
        isComposing: event.isComposing,
        typing: takesText(event.target),
        dialog: document.querySelector('[role="dialog"][data-state="open"]') !== null,
      },
      bindings,
    )
    if (found === null) return
    event.preventDefault()
    if (found !== 'pending') registry.run(found)
  }

  /** The second key of a sequence, before a list takes it for one of its own (`g x` over a row). */
  function follow(event: KeyboardEvent): void {
    if (!keymap.waits()) return
    press(event)
    if (event.defaultPrevented) event.stopPropagation()
  }

  window.addEventListener('keydown', follow, true)
  window.addEventListener('keydown', press)
  onScopeDispose(() => {
    window.removeEventListener('keydown', follow, true)
    window.removeEventListener('keydown', press)
  })
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}

/** Enter and Space on a button or link press it. */
function pressesControl(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return event.target instanceof HTMLElement && event.target.closest('button, a, summary, input') !== null
}
