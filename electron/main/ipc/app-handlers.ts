import type { ParsedInput, Handlers } from '#main/ipc/handle.ts'
import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import { ok, type Result } from '#core/shared/result.ts'

export interface AppHandlerDeps {
  info(): ChannelOutput<'app.info'>
  openExternal(url: string): Promise<Result<Nothing>>
  copyText(text: string): void
  setMenu(menus: ParsedInput<'app.set-menu'>['menus']): Result<Nothing>
  setTray(wish: ParsedInput<'app.set-tray'>): Promise<Result<ChannelOutput<'app.set-tray'>>>
}

type AppHandlers = Pick<
  Handlers,
  'app.info' | 'app.open-external' | 'app.copy-text' | 'app.set-menu' | 'app.set-tray'
>

export function appHandlers(deps: AppHandlerDeps): AppHandlers {
  return {
    'app.info': () => ok(deps.info()),
    'app.open-external': ({ url }) => deps.openExternal(url),
    'app.copy-text': ({ text }) => {
      deps.copyText(text)
      return ok({})
    },
    'app.set-menu': ({ menus }) => deps.setMenu(menus),
    'app.set-tray': (wish) => deps.setTray(wish),
  }
}
