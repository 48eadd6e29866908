import tariffAddresses from '../../../resources/tariff-addresses.json' with { type: 'json' }
import type { Channel } from '#core/contracts/ipc.ts'
import { readTariffAddresses } from '#core/customs/hs/tariff-address.ts'
import { ok } from '#core/shared/result.ts'
import { createTariffDownloads, type TariffDownloads } from '#main/http/tariff-downloads.ts'
import type { Handlers } from '#main/ipc/handle.ts'

/** A page names an entry of the list, never an address. */
export function tariffHandlers(
  downloads: TariffDownloads = createTariffDownloads({ addresses: readTariffAddresses(tariffAddresses) }),
): Pick<Handlers, Extract<Channel, `tariff.${string}`>> {
  return {
    'tariff.begin': (input) => downloads.begin(input),
    'tariff.read': (input) => downloads.read(input),
    'tariff.close': (input) => {
      downloads.close(input)
      return Promise.resolve(ok({}))
    },
  }
}
