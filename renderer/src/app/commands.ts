import { inject, shallowReactive, watch, type InjectionKey } from 'vue'
import { useShown } from '#renderer/ui/shown.ts'
import type { english } from '#renderer/app/locales.ts'

type Titles = (typeof english)['commands']['title']
export type CommandId = { [G in keyof Titles]: `${G}.${Extract<keyof Titles[G], string>}` }[keyof Titles]
export type CommandGroup = keyof (typeof english)['commands']['group']

/** One thing a person can do. The palette, the menus, the keymap and the shortcut sheet all come from these. */
export interface Command {
  /** Also the key of its title: `commands:title.<id>`. */
  id: CommandId
  group: CommandGroup
  icon?: string
  /** `mod+k`, `g o`, `R`; see keymap.ts. */
  shortcut?: string
  /** Whether it can run now; always when absent. */
  when?: () => boolean
  run: () => unknown
}

export class CommandRegistry {
  readonly #commands = shallowReactive(new Map<CommandId, Command>())

  /** Adds commands until the result is called. A later one with the same id stands in front of the earlier. */
  register(commands: readonly Command[]): () => void {
    const replaced = new Map(commands.map((command) => [command.id, this.#commands.get(command.id)]))
    for (const command of commands) this.#commands.set(command.id, command)
    return () => {
      for (const command of commands) {
        if (this.#commands.get(command.id) !== command) continue
        const before = replaced.get(command.id)
        if (before) this.#commands.set(command.id, before)
        else this.#commands.delete(command.id)
      }
    }
  }

  /** Every registered command, whether it can run now or not. */
  all(): Command[] {
    return [...this.#commands.values()]
  }

  /** Those that can run now. */
  available(): Command[] {
    return this.all().filter(isAvailable)
  }

  /** Runs a command by id; false when it is unknown or cannot run now. */
  run(id: string): boolean {
    const command = this.#commands.get(id as CommandId)
    if (!command || !isAvailable(command)) return false
    void command.run()
    return true
  }
}

function isAvailable(command: Command): boolean {
  return command.when?.() ?? true
}

export const commandsKey: InjectionKey<CommandRegistry> = Symbol('commands')

export function useCommandRegistry(): CommandRegistry {
  const registry = inject(commandsKey)
  if (!registry) throw new Error('no command registry was provided')
  return registry
}

/** Commands that live as long as the component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry()
  const shown = useShown()
  watch(shown, (now, _before, onCleanup) => now && onCleanup(registry.register(commands)), {
    immediate: true,
    flush: 'sync',
  })
}
