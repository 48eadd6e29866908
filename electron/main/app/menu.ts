import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { ParsedInput } from '#main/ipc/handle.ts'

type Menus = ParsedInput<'app.set-menu'>['menus']
type Item = Menus[number]['items'][number]

/** Until the page sends its own; on macOS the application's menu is always there. */
export function setInitialMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }]) : null)
}

/** Puts up the page's menus, in the page's language. An entry only reports its command; the page decides what it does. */
export function setMenu(
  menus: Menus,
  sendCommand: (command: string) => void,
  platform: NodeJS.Platform,
): Result<ChannelOutput<'app.set-menu'>> {
  const template: MenuItemConstructorOptions[] = menus.map(({ label, items }) => ({
    label,
    submenu: items.map((item) => menuItem(item, sendCommand)),
  }))
  if (platform === 'darwin') template.unshift({ role: 'appMenu' })
  try {
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    return ok({})
  } catch {
    return err(issue('invalid-input', { field: 'menus', reason: 'bad-menu' }))
  }
}

function menuItem(item: Item, sendCommand: (command: string) => void): MenuItemConstructorOptions {
  if (item.kind === 'separator') return { type: 'separator' }
  if (item.kind === 'role') return { role: item.role, label: item.label }
  return {
    label: item.label,
    ...(item.accelerator === null ? {} : { accelerator: item.accelerator }),
    // Shown, not bound: the page's keymap is the one place that listens to keys.
    registerAccelerator: false,
    click: () => sendCommand(item.command),
  }
}
