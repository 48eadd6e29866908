import { onScopeDispose, watchEffect } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { ChannelInput } from '#core/contracts/ipc.ts'
import type { CommandId, CommandRegistry } from '#renderer/app/commands.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type Menus = ChannelInput<'app.set-menu'>['menus']
type Item = Menus[number]['items'][number]

/** The system's menus, in the language on screen, from the same registry; a chosen entry runs the same command. */
export function useMenus(registry: CommandRegistry): void {
  const { t } = useTranslation()
  const { calls, host } = useWorkspace()

  function command(id: CommandId): Item[] {
    const found = registry.available().find((one) => one.id === id)
    if (!found) return []
    return [{ kind: 'command', command: id, label: t(`commands:title.${id}`), accelerator: acceleratorOf(found.shortcut) }]
  }
  const role = (name: Extract<Item, { kind: 'role' }>['role'], label: string): Item => ({ kind: 'role', role: name, label })
  const line: Item = { kind: 'separator' }

  watchEffect(() => {
    const menus: Menus = [
      {
        label: t('app:menu.file'),
        items: [
          ...command('app.sync'),
          ...command('demo.open'),
          ...command('demo.leave'),
          ...command('go.settings'),
          line,
          role('quit', t('app:menu.quit')),
        ],
      },
      {
        label: t('app:menu.edit'),
        items: [
          role('undo', t('app:menu.undo')),
          role('redo', t('app:menu.redo')),
          line,
          role('cut', t('app:menu.cut')),
          role('copy', t('app:menu.copy')),
          role('paste', t('app:menu.paste')),
          role('selectAll', t('app:menu.select-all')),
          line,
          ...command('app.search'),
        ],
      },
      {
        label: t('app:menu.view'),
        items: [
          ...command('app.palette'),
          ...command('app.rail'),
          line,
          ...command('view.light'),
          ...command('view.dark'),
          ...command('view.system-theme'),
          line,
          ...command('view.english'),
          ...command('view.chinese'),
          line,
          role('zoomIn', t('app:menu.zoom-in')),
          role('zoomOut', t('app:menu.zoom-out')),
          role('resetZoom', t('app:menu.zoom-reset')),
          role('togglefullscreen', t('app:menu.full-screen')),
        ],
      },
      {
        label: t('app:menu.go'),
        items: (['go.orders', 'go.blocked', 'go.customs', 'go.channels', 'go.outbox'] as const).flatMap(command),
      },
      { label: t('app:menu.help'), items: command('app.shortcuts') },
    ]
    void calls['app.set-menu']({ menus })
  })
  onScopeDispose(host.on('command', ({ command: id }) => void registry.run(id)))
}

/** Only chords with `mod` can be system accelerators; a bare letter would steal typing. */
export function acceleratorOf(shortcut: string | undefined): string | null {
  if (!shortcut?.startsWith('mod+')) return null
  const keys = shortcut.split('+').map((key) => (key === 'mod' ? 'CmdOrCtrl' : key === 'shift' ? 'Shift' : key.toUpperCase()))
  return keys.join('+')
}
