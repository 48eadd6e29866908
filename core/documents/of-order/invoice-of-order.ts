import type { Address } from '#core/address/address.ts'
import type { InvoiceInput, InvoiceLine, InvoiceParty } from '#core/documents/invoice/invoice-model.ts'
import { trackingOf, type DeclaredFacts } from '#core/documents/of-order/paper-facts.ts'
import { invoiceNoOf } from '#core/documents/of-order/parcel-papers.ts'
import type { Money } from '#core/money/money.ts'

/**
 * The invoice for customs: what is declared, line for line, with freight and insurance where the declaration has them. A proforma invoice is
 * the same for goods that are not sold.
 */
export function invoiceOf(facts: DeclaredFacts, proforma: boolean): InvoiceInput {
  const { order, declaration, shipment, from, to, day } = facts
  const { particulars, currency, total, signer, signedOn } = declaration
  const [freight, insurance] = [particulars?.freight ?? null, particulars?.insurance ?? null]
  return {
    ...{ orderNumber: order.number, proforma, invoiceNo: invoiceNoOf(facts), issuedOn: signedOn || day },
    tracking: trackingOf(facts),
    shipper: partyOf(from, declaration.senderTaxReference),
    ...{ seller: null, shipTo: partyOf(to, order.consigneeId), buyer: null, importer: null },
    ...{ shipperReference: '', receiverReference: '', reason: declaration.category },
    incoterm: particulars?.incoterm ?? '',
    incotermPlace: particulars?.incotermPlace ?? '',
    ...{ currency, lines: linesOf(facts), discount: null, freight, insurance, otherCharges: null },
    total: { minor: total.minor + minorOf(freight) + minorOf(insurance), currency },
    packages: 1,
    netGrams: declaration.lines.reduce((sum, line) => sum + line.netGrams, 0),
    grossGrams: declaration.grossGrams,
    exportReference: particulars?.exportReference ?? '',
    ...{ originStatement: '', signer, place: from.latin?.city ?? from.city, signedOn },
    draft: shipment === null,
  }
}

function linesOf({ declaration }: DeclaredFacts): InvoiceLine[] {
  return declaration.lines.map((line) => ({
    ...{ sku: line.sku, description: line.description, descriptionLocal: line.descriptionLocal },
    ...{ hs: line.hs6, hsImport: '', origin: line.origin, quantity: line.quantity, unit: 'pcs' },
    // The value of the line counts; that of one piece is rounded.
    unitValue: { ...line.value, minor: Math.round(line.value.minor / line.quantity) },
    ...{ value: line.value, netGrams: line.netGrams, grossGrams: null },
  }))
}

function partyOf(address: Address, taxId = ''): InvoiceParty {
  return { address, vat: '', eori: '', taxId }
}

function minorOf(amount: Money | null): number {
  return amount?.minor ?? 0
}
