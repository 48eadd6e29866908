import destinationBasics from '../../../resources/destination-basics.json' with { type: 'json' }
import { readDestinationBasics } from '#core/customs/destination-basics.ts'
import type { RuleTables } from '#core/order/check-order.ts'

/**
 * The dated tables that come with this build. Exchange rates do not, and the bank's have no SDR, by which checks of limits reckon: they say
 * that they could not look.
 */
export function bundledRuleTables(): RuleTables {
  const basics = readDestinationBasics(destinationBasics)
  return { basics: basics.ok ? basics.value : null, rates: null }
}
