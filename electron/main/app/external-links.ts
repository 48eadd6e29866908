import type { Nothing } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/**
 * An address a person may be sent to in their browser: https, a host name with a dot, no credentials. It returns the
 * address as the parser wrote it, so that what is opened is what was checked.
 */
export function checkExternalUrl(text: string): Result<string> {
  const refuse = (reason: string) => err(issue('invalid-input', { field: 'url', reason }))
  if (/[\s\p{Cc}]/u.test(text)) return refuse('not-a-web-address')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return refuse('not-a-web-address')
  }
  if (url.protocol !== 'https:') return refuse('only-https')
  if (url.username !== '' || url.password !== '') return refuse('credentials-in-address')
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(url.hostname)) return refuse('not-a-web-address')
  return ok(url.href)
}

/** The only caller of `shell.openExternal`. */
export async function openExternal(
  text: string,
  open: (url: string) => Promise<void>,
): Promise<Result<Nothing>> {
  const checked = checkExternalUrl(text)
  if (!checked.ok) return checked
  try {
    await open(checked.value)
    return ok({})
  } catch {
    return err(issue('unsupported', { reason: 'no-browser' }))
  }
}
