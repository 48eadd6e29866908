import tariffAddresses from '../../../resources/tariff-addresses.json' with { type: 'json' }
import { readTariffAddresses, type TariffAddress } from '#core/customs/hs/tariff-address.ts'

/** Where tariffs can be fetched from; main has the same list and asks no other address. */
export const TARIFF_ADDRESSES: readonly TariffAddress[] = readTariffAddresses(tariffAddresses)
