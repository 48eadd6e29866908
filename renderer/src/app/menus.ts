import { onScopeDispose, watchEffect } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { ChannelInput } from '#core/contracts/ipc.ts'
import type { CommandId, CommandRegistry } from '#renderer/app/commands.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type Menus = ChannelInput<'app.set-menu'>['menus']
type Item = Menus[number]['items'][number]

const EDIT_ROLES = ['undo', 'redo', null, 'cut', 'copy', 'paste', 'selectAll'] as const
const VIEW_ROLES = ['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen'] as const

/** The system's menus, in the language on screen, from the same registry; a chosen entry runs the same command. */
export function useMenus(registry: CommandRegistry): void {
  const { t } = useTranslation()
  const { calls, host } = useWorkspace()

  function command(id: CommandId): Item[] {
    const found = registry.available().find((one) => one.id === id)
    if (!found) return []
    return [
      {
        kind: 'command',
        command: id,
        label: t(`commands:title.${id}`),
        accelerator: acceleratorOf(found.shortcut),
      },
    ]
  }
  const role = (name: Extract<Item, { kind: 'role' }>['role'], label: string): Item => ({
    kind: 'role',
    role: name,
    label,
  })
  const line: Item = { kind: 'separator' }

  watchEffect(() => {
    const menus: Menus = [
      {
        label: t('app:menu.file'),
        items: [
          ...(['app.sync', 'app.offline', 'demo.open', 'demo.leave', 'go.settings'] as const).flatMap(
            command,
          ),
          line,
          role('quit', t('app:menu.quit')),
        ],
      },
      {
        label: t('app:menu.edit'),
        items: [
          ...EDIT_ROLES.map((name) => (name === null ? line : role(name, t(`app:menu.${name}`)))),
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
          ...VIEW_ROLES.map((name) => role(name, t(`app:menu.${name}`))),
        ],
      },
      {
        label: t('app:menu.go'),
        items: (
          [
            'go.orders',
            'go.blocked',
            'go.listings',
            'go.customs',
            'go.channels',
            'go.outbox',
            'go.conflicts',
          ] as const
        ).flatMap(command),
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
  const keys = shortcut
    .split('+')
    .map((key) => (key === 'mod' ? 'CmdOrCtrl' : key === 'shift' ? 'Shift' : key.toUpperCase()))
  return keys.join('+')
}
