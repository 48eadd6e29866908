import type { Cn22Input } from '#core/documents/cn22-form.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import {
  sentLines,
  trackingOf,
  type DeclaredFacts,
  type PaperFacts,
} from '#core/documents/of-order/paper-facts.ts'
import type { PackingLine, PackingSlipInput } from '#core/documents/packing/packing-model.ts'

/** A draft until a label is made: then it has a number. */
export function labelOf(facts: PaperFacts): LabelInput {
  const { order, shipment, from, to, declaration } = facts
  return {
    ...{ orderNumber: order.number, serviceName: shipment?.service ?? '', priorityMark: '' },
    ...{ from, to, declaration, tracking: trackingOf(facts) },
    pickLines: sentLines(facts).map(({ sku, title, quantity }) => ({
      ...{ sku, title, quantity, bin: facts.bins.get(sku) },
    })),
    grossGrams: Math.max(shipment?.grossGrams ?? facts.grossGrams, 1),
    sizeMm: shipment?.sizeMm ?? null,
    draft: shipment === null,
  }
}

export function cn22Of(facts: DeclaredFacts): Cn22Input {
  const { order, shipment, declaration } = facts
  return {
    ...{ orderNumber: order.number, operator: shipment?.service ?? '', tracking: trackingOf(facts) },
    ...{ declaration, draft: shipment === null },
  }
}

export function cn23Of(facts: DeclaredFacts): Cn23Input {
  const { order, shipment, declaration, from, to, day } = facts
  const { particulars } = declaration
  return {
    ...{ orderNumber: order.number, operator: shipment?.service ?? '', tracking: trackingOf(facts) },
    ...{ from, to, declaration, importerReference: order.consigneeId ?? '', importerContact: '' },
    postalCharges: shipment?.purchase?.cost ?? null,
    posting: [from.latin?.city ?? from.city, from.postcode, day].filter((part) => part !== '').join(' '),
    comments: particulars?.comments ?? '',
    licenceNo: particulars?.licenceNo ?? '',
    certificateNo: particulars?.certificateNo ?? '',
    invoiceNo: invoiceNoOf(facts),
    draft: shipment === null,
  }
}

/** The number that the declaration names, else that of the order: an invoice has one in any case. */
export function invoiceNoOf({ declaration, order }: PaperFacts): string {
  return declaration?.particulars?.invoiceNo.trim() || order.number
}

/** Without prices: the parcel may be a gift. What lies in it is the same before and after its label, so it is never a draft. */
export function packingSlipOf(facts: PaperFacts): PackingSlipInput {
  const { order, shopName, to } = facts
  return {
    ...{ orderNumber: order.number, shopName, shipOn: '', shipTo: to, lines: packingLinesOf(facts) },
    ...{ withPrices: false, total: null, note: '', returnsUrl: '', draft: false },
  }
}

/** Goods without a bin are listed by SKU. */
export function packingLinesOf(facts: PaperFacts): PackingLine[] {
  return sentLines(facts).map(({ sku, title, quantity }) => ({
    ...{ sku, title, quantity, titleEn: '', variant: '', bin: facts.bins.get(sku) ?? '', price: null },
  }))
}
