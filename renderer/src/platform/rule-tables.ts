import destinationBasics from '../../../resources/destination-basics.json' with { type: 'json' }
import { readDestinationBasics } from '#core/customs/destination-basics.ts'
import type { RuleTables } from '#core/order/check-order.ts'

/** The dated tables that come with this build. There are no exchange rates yet: checks that need them say so. */
export function bundledRuleTables(): RuleTables {
  const basics = readDestinationBasics(destinationBasics)
  return { basics: basics.ok ? basics.value : null, rates: null }
}
