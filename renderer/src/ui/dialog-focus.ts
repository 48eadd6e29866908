/**
 * Where a dialog that asks begins: in the field that wants it (`autofocus`), else in its first one, and not at the button that closes it.
 * For `content.onOpenAutoFocus` of a modal; where there is no field, the dialog's own choice stands.
 */
export function focusFirstField(event: Event): void {
  const dialog = event.target instanceof HTMLElement ? event.target : null
  const all = (query: string) => [...(dialog?.querySelectorAll<HTMLElement>(query) ?? [])]
  const fields = [
    ...all('[autofocus]:not(:disabled)'),
    ...all('[data-slot="body"] :is(input, select, textarea):not(:disabled)'),
  ]
  const field = fields.find((each) => each.offsetParent !== null)
  if (field === undefined) return
  event.preventDefault()
  field.focus()
}
